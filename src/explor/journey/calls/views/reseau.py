"""A network prepares, opens and closes its calls."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.actors.networks.models import Network
from explor.ground.common.access import require
from explor.ground.common.forms import Act
from explor.ground.common.hats import wear
from explor.ground.common.parts import panels_of
from explor.ground.common.request import Request
from explor.ground.common.views import answer, create, page, submit

from .. import actions, queries, rules
from ..forms import CallEdit, CallNew, FundForm, GridForm
from ..models import Call

VERBS = {
    "ouvrir": ("open", "L’appel est ouvert."),
    "clore": ("close", "Le dépôt est clos."),
    "terminer": ("end", "L’appel est terminé."),
}


@wear("reseau")
def calls(request: Request) -> HttpResponse:
    rows = Paginator(queries.calls_of(request.actor), 20).get_page(request.GET.get("page"))
    columns = ["Appel", "État", "Clôture", "Besoins"]
    return page(request, "calls/reseau_calls.html", {"rows": rows, "columns": columns})


@wear("reseau")
def call(request: Request, pk: int) -> HttpResponse:
    """One call: its dates, its grid, its money, its committee."""
    found = _found(request, pk)
    context = {
        "call": found,
        "criteria": found.criteria.all(),
        "envelopes": found.envelopes.select_related("funder"),
        "verbs": _verbs(request, found),
        "panels": panels_of(request, "call", found),
    }
    return page(request, "calls/reseau_call.html", context)


@wear("reseau")
def new(request: Request) -> HttpResponse:
    network = get_object_or_404(Network, pk=request.actor.scope)
    form = CallNew(request.POST or None)

    def act() -> str:
        fields = {name: value for name, value in form.cleaned_data.items() if name != "once"}
        made = actions.draft(network, by=request.actor, **fields)
        return _url(request, made.pk)

    if url := create(request, form, act):
        return answer(request, url, "L’appel est préparé. Relisez sa grille, puis ouvrez-le.")
    return page(request, "calls/reseau_form.html", {"form": form, "title": "Préparer un appel"})


@wear("reseau")
def edit(request: Request, pk: int) -> HttpResponse:
    found = _found(request, pk)
    form = CallEdit(request.POST or None, subject=found)
    if submit(
        request,
        form,
        lambda: actions.set_call(found, by=request.actor, changes=form.values, seen=form.seen),
    ):
        return answer(request, _url(request, pk), "C’est enregistré.")
    return page(request, "calls/reseau_form.html", {"form": form, "title": found.title})


@wear("reseau")
def grid(request: Request, pk: int) -> HttpResponse:
    found = _found(request, pk)
    form = GridForm(request.POST or None, subject=found)
    if submit(
        request,
        form,
        lambda: actions.set_grid(found, by=request.actor, seen=form.seen, **form.values),
    ):
        return answer(request, _url(request, pk), "La grille est enregistrée.")
    return page(request, "calls/reseau_form.html", {"form": form, "title": "La grille du comité"})


@wear("reseau")
def fund(request: Request, pk: int) -> HttpResponse:
    found = _found(request, pk)
    form = FundForm(request.POST or None)

    def act() -> str:
        data = form.cleaned_data
        actions.fund(found, by=request.actor, funder=data["funder"], amount=data["amount"])
        return _url(request, pk)

    if url := create(request, form, act):
        return answer(request, url, "L’enveloppe est enregistrée.")
    return page(request, "calls/reseau_form.html", {"form": form, "title": "Enveloppe"})


@wear("reseau")
def act(request: Request, pk: int, verb: str) -> HttpResponse:
    if verb not in VERBS:
        raise Http404
    found, (name, done) = _found(request, pk), VERBS[verb]
    require(rules.can_set(request.actor, found))
    transition = found.workflow.transition(found.state, name)
    form = Act(request.POST or None, subject=found)
    if submit(
        request, form, lambda: getattr(actions, name)(found, by=request.actor, seen=form.seen)
    ):
        return answer(request, _url(request, pk), done)
    context = {"form": form, "title": f"{transition.label} : {found.title}"}
    return page(request, "calls/reseau_form.html", context)


def _found(request: Request, pk: int) -> Call:
    return get_object_or_404(Call, pk=pk, network=request.actor.scope)


def _url(request: Request, pk: int) -> str:
    return reverse("calls:reseau_call", args=[request.actor.key, pk])


def _verbs(request: Request, found: Call) -> list[dict[str, object]]:
    slugs = {name: slug for slug, (name, _) in VERBS.items()}
    missing = " ".join(rules.missing_to_open(found))
    return [
        {
            "label": row.label,
            "url": reverse("calls:reseau_act", args=[request.actor.key, found.pk, slugs[row.verb]]),
            "refused": missing if row.verb == "open" else "",
        }
        for row in found.workflow.verbs(found.state, "reseau")
    ]
