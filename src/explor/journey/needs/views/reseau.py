"""A network reads the needs filed, and says whether they are admissible."""

import csv

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.ground.common.access import require
from explor.ground.common.export import inert
from explor.ground.common.forms import Act
from explor.ground.common.hats import wear
from explor.ground.common.parts import instead_of, panels_of, road_of
from explor.ground.common.request import Request
from explor.ground.common.views import answer, page, submit
from explor.ground.journal.models import Entry
from explor.ground.messaging.queries import about
from explor.ground.reference.queries import choices, label

from .. import actions, queries, rules
from ..forms import AssignForm, SendBackForm
from ..models import Need, NeedQuerySet
from ..states import State

VERBS = {
    "recevable": ("admit", "Le besoin est recevable : il part au comité."),
    "irrecevable": ("reject", "Le refus est envoyé, avec son motif."),
    "retirer": ("withdraw", "Le besoin est retiré."),
}
STATES = [choice for choice in State.choices if choice[0] != State.DRAFT]


@wear("reseau")
def needs(request: Request) -> HttpResponse:
    """The board of the needs filed in the network."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "state", "country")}
    found = queries.search(request.actor, **asked)
    if request.GET.get("format") == "csv":
        return _csv(found)
    rows = Paginator(found, 30).get_page(request.GET.get("page"))
    context = {
        "rows": rows,
        "asked": asked,
        "states": STATES,
        "countries": choices("countries"),
        "caption": f"{rows.paginator.count} besoins",
        "columns": ["Besoin", "Association", "Pays", "État", "Déposé", "En charge"],
    }
    return page(request, "needs/reseau_needs.html", context)


@wear("reseau")
def need(request: Request, pk: int) -> HttpResponse:
    """One need: its road, its terms, the rules read, what other phases say of it."""
    found = _found(request, pk)
    context = {
        "need": found,
        "tone": queries.TONES[found.state],
        "facts": queries.facts_of(found),
        "findings": rules.findings(found),
        "road": road_of(found),
        "verbs": _verbs(request, found),
        "panels": panels_of(request, "need", found),
        "entries": Entry.objects.about(found),
        "messages_sent": about(found)[:20],
    }
    return page(request, "needs/reseau_need.html", context)


@wear("reseau")
def send_back(request: Request, pk: int) -> HttpResponse:
    """Ask once for all that is missing, on the fields concerned."""
    found = _found(request, pk)
    require(rules.can(request.actor, "send_back", found))
    form = SendBackForm(request.POST or None, subject=found)
    if submit(
        request,
        form,
        lambda: actions.send_back(
            found,
            by=request.actor,
            reason=form.cleaned_data["reason"],
            comments=form.comments,
            seen=form.seen,
        ),
    ):
        return answer(request, _url(request, pk), "L’association est prévenue.")
    context = {"form": form, "need": found, "label": "Renvoyer à compléter"}
    return page(request, "needs/reseau_act.html", context)


@wear("reseau")
def assign(request: Request, pk: int) -> HttpResponse:
    found = _found(request, pk)
    form = AssignForm(request.POST or None, subject=found)
    if submit(
        request,
        form,
        lambda: actions.assign(
            found, by=request.actor, officer=form.cleaned_data["officer"], seen=form.seen
        ),
    ):
        return answer(request, _url(request, pk), "C’est noté.")
    context = {"form": form, "need": found, "label": "Prendre en charge"}
    return page(request, "needs/reseau_act.html", context)


@wear("reseau")
def act(request: Request, pk: int, verb: str) -> HttpResponse:
    """Admit, reject, or withdraw on the association's word."""
    if verb not in VERBS:
        raise Http404
    found, (name, done) = _found(request, pk), VERBS[verb]
    transition = found.workflow.transition(found.state, name)
    require(rules.can(request.actor, name, found))
    form = Act(request.POST or None, subject=found, needs_reason=transition.needs_reason)

    def run() -> None:
        extra = {"reason": form.why} if transition.needs_reason else {}
        by = request.actor
        if name == "withdraw":
            by = by.on_word_of(found.association.name)
        getattr(actions, name)(found, by=by, seen=form.seen, **extra)

    if submit(request, form, run):
        return answer(request, _url(request, pk), done)
    context = {"form": form, "need": found, "label": transition.label, "danger": transition.danger}
    return page(request, "needs/reseau_act.html", context)


def _found(request: Request, pk: int) -> Need:
    return get_object_or_404(queries.whole(Need.objects.visible_to(request.actor)), pk=pk)


def _url(request: Request, pk: int) -> str:
    return reverse("needs:reseau_need", args=[request.actor.key, pk])


def _verbs(request: Request, found: Need) -> list[dict[str, object]]:
    slugs = {name: slug for slug, (name, _) in VERBS.items()}
    args = [request.actor.key, found.pk]
    taken = instead_of(request, "need", found)
    items: list[dict[str, object]] = [{"label": e.label, "url": e.url} for e in taken]
    elsewhere = {verb for each in taken for verb in each.verbs}
    for row in found.workflow.verbs(found.state, "reseau"):
        if row.verb in elsewhere:
            continue
        if row.verb in slugs:
            url = reverse("needs:reseau_act", args=[*args, slugs[row.verb]])
        elif row.verb == "send_back":
            url = reverse("needs:reseau_send_back", args=args)
        else:
            continue
        items.append({"label": row.label, "danger": row.danger, "url": url})
    return [
        *items,
        {"label": "Prendre en charge", "url": reverse("needs:reseau_assign", args=args)},
    ]


def _csv(found: NeedQuerySet) -> HttpResponse:
    """The same list for a spreadsheet; a cell never begins a formula."""
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="besoins.csv"'},
    )
    writer = csv.writer(response, delimiter=";")
    writer.writerow(["titre", "association", "pays", "etat", "depose", "jours", "personnes"])
    for need in found.iterator(chunk_size=500):
        country = label("countries", need.country) if need.country else ""
        filed = need.filed_at.date().isoformat() if need.filed_at else ""
        cells = [need.title, need.association.name, country, need.get_state_display(), filed]
        writer.writerow([*map(inert, cells), need.days or "", need.seats])
    return response
