"""A network prepares, opens and closes its calls."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.actors.networks.models import Network
from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.forms import BaseForm
from explor.ground.ui.parts import panels_of
from explor.ground.ui.submit import create, submit
from explor.ground.workflow.forms import ActionForm

from .. import actions, pages, rules, selectors
from ..forms import CallEdit, CallNew, CopyForm, FundForm, ShareForm
from ..models import Call
from ..states import State

VERBS = {
    "ouvrir": ("open", "L’appel est ouvert."),
    "clore": ("close", "Le dépôt est clos."),
    "terminer": ("end", "L’appel est terminé."),
}


@role_required("reseau")
def calls(request: Request) -> HttpResponse:
    rows = Paginator(selectors.calls_of(request.actor), 20).get_page(request.GET.get("page"))
    context = {
        "rows": rows,
        "columns": ["Appel", "État", "Clôture", "Besoins"],
        "proposed": pages.proposed_to(request.actor),
    }
    return render_page(request, "calls/reseau_calls.html", context)


@role_required("reseau")
def call(request: Request, pk: int) -> HttpResponse:
    """One call: its dates, its grid, its money, its committee."""
    found = _found(request, pk)
    context = {
        "call": found,
        "criteria": found.criteria.all(),
        "envelopes": found.envelopes.select_related("funder"),
        "papers": selectors.papers_of(found),
        "calendar": pages.calendar_of(found),
        "sharing": selectors.sharing(found),
        "held": " ".join(rules.missing_to_change(found)),
        "verbs": _verbs(request, found),
        "panels": panels_of(request, "call", found),
    }
    return render_page(request, "calls/reseau_call.html", context)


@role_required("reseau")
def new(request: Request) -> HttpResponse:
    network = get_object_or_404(Network, pk=request.actor.scope)
    require(rules.can_draft(request.actor, network))
    form = CallNew(request.POST or None)

    def act() -> str:
        fields = {
            name: value for name, value in form.cleaned_data.items() if name != "idempotency_key"
        }
        made = actions.draft(network, by=request.actor, **fields)
        return _url(request, made.pk)

    if url := create(request, form, act):
        return done_redirect(
            request, url, "L’appel est préparé. Relisez sa grille, puis ouvrez-le."
        )
    return _form(request, form, "Préparer un appel")


@role_required("reseau")
def edit(request: Request, pk: int) -> HttpResponse:
    found = _found(request, pk)
    require(rules.can_set(request.actor, found))
    form = CallEdit(request.POST or None, subject=found)
    if submit(
        request,
        form,
        lambda: actions.set_call(
            found, by=request.actor, changes=form.values, expected_version=form.expected_version
        ),
    ):
        return done_redirect(request, _url(request, pk), "C’est enregistré.")
    return _form(request, form, found.title, "", found)


@role_required("reseau")
def copy(request: Request, pk: int) -> HttpResponse:
    """Prepare next year's call from this one."""
    found = _found(request, pk)
    require(rules.can_set(request.actor, found))
    form = CopyForm(request.POST or None, initial={"title": found.title})

    def act() -> str:
        made = actions.copy(found, by=request.actor, title=form.cleaned_data["title"])
        return _url(request, made.pk)

    if url := create(request, form, act):
        return done_redirect(request, url, "L’appel est copié, un an plus tard. Relisez ses dates.")
    lead = "Règles, documents, questions, grille et calendrier sont repris ; pas les enveloppes."
    return _form(request, form, f"Copier {found.title}", lead, found)


@role_required("reseau")
def share(request: Request, pk: int) -> HttpResponse:
    """Propose the call to another network."""
    found = _found(request, pk)
    require(rules.can_set(request.actor, found))
    networks = selectors.may_share_with(found)
    form = ShareForm(request.POST or None, subject=found, networks=networks)

    def act() -> None:
        network = form.cleaned_data["network"]
        actions.share(
            found, by=request.actor, network=network, expected_version=form.expected_version
        )

    if submit(request, form, act):
        return done_redirect(request, _url(request, pk), "L’appel est proposé à ce réseau.")
    lead = "Il suivra vos dates, vos règles et votre grille ; ses dossiers resteront les siens."
    return _form(request, form, "Partager cet appel", lead, found)


@role_required("reseau")
def decline(request: Request, pk: int) -> HttpResponse:
    """Leave a proposed call to the others."""
    found = _found(request, pk)
    require(rules.can_decline(request.actor, found))
    form = ActionForm(request.POST or None, subject=found)
    if submit(request, form, lambda: actions.decline_share(found, by=request.actor)):
        url = reverse("calls:reseau_calls", args=[request.actor.key])
        return done_redirect(request, url, "L’appel est décliné.")
    return _form(request, form, f"Décliner {found.title}", "", found)


@role_required("reseau")
def fund(request: Request, pk: int) -> HttpResponse:
    found = _found(request, pk)
    require(rules.can_set(request.actor, found))
    form = FundForm(request.POST or None)

    def act() -> str:
        data = form.cleaned_data
        actions.fund(found, by=request.actor, funder=data["funder"], amount=data["amount"])
        return _url(request, pk)

    if url := create(request, form, act):
        return done_redirect(request, url, "L’enveloppe est enregistrée.")
    return _form(request, form, "Enveloppe", "", found)


@role_required("reseau")
def act(request: Request, pk: int, verb: str) -> HttpResponse:
    if verb not in VERBS:
        raise Http404
    found, (name, done) = _found(request, pk), VERBS[verb]
    require(rules.can_set(request.actor, found))
    transition = found.workflow.transition(found.state, name)
    form = ActionForm(request.POST or None, subject=found)
    if submit(
        request,
        form,
        lambda: getattr(actions, name)(
            found, by=request.actor, expected_version=form.expected_version
        ),
    ):
        return done_redirect(request, _url(request, pk), done)
    return _form(request, form, f"{transition.label} : {found.title}", "", found)


def _found(request: Request, pk: int) -> Call:
    rows = Call.objects.select_related("lead__network", "network")
    return get_object_or_404(rows, pk=pk, network=request.actor.scope)


def _form(
    request: Request, form: BaseForm, title: str, lead: str = "", found: Call | None = None
) -> HttpResponse:
    context = {"form": form, "title": title, "lead": lead, "call": found}
    return render_page(request, "calls/reseau_form.html", context)


def _url(request: Request, pk: int) -> str:
    return reverse("calls:reseau_call", args=[request.actor.key, pk])


def _verbs(request: Request, found: Call) -> list[dict[str, object]]:
    slugs = {name: slug for slug, (name, _) in VERBS.items()}
    missing = " ".join(rules.missing_to_open(found))
    items: list[dict[str, object]] = [
        {
            "label": row.label,
            "url": reverse("calls:reseau_act", args=[request.actor.key, found.pk, slugs[row.verb]]),
            "refused": missing if row.verb == "open" else "",
        }
        for row in found.workflow.verbs(found.state, "reseau")
    ]
    others = [("Copier pour l’an prochain", "copy")]
    if found.lead_id is None and found.state != State.ENDED:
        others.append(("Partager avec un réseau", "share"))
    elif found.state == State.DRAFT:
        others.append(("Décliner", "decline"))
    args = [request.actor.key, found.pk]
    return items + [
        {"label": label, "url": reverse(f"calls:reseau_{name}", args=args)}
        for label, name in others
    ]
