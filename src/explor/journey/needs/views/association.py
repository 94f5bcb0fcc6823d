"""The association describes and files its needs."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.actors.organisations.models import Organisation
from explor.actors.projects.actions import describe_new
from explor.ground.common.access import require
from explor.ground.common.forms import Act
from explor.ground.common.hats import wear
from explor.ground.common.parts import panels_of, road_of
from explor.ground.common.request import Request
from explor.ground.common.views import answer, create, page, submit

from .. import actions, queries, rules
from ..forms import NeedEdit, NeedNew
from ..models import Need
from ..states import BEFORE, State

FIRST = next(iter(rules.SCREENS))
VERBS = {
    "deposer": ("file", "Votre besoin est déposé. Votre réseau vous répondra."),
    "retirer": ("withdraw", "Votre besoin est retiré."),
}


@wear("association")
def needs(request: Request) -> HttpResponse:
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "state")}
    rows = Paginator(queries.search(request.actor, **asked), 20).get_page(request.GET.get("page"))
    context = {
        "rows": rows,
        "asked": asked,
        "states": State.choices,
        "columns": ["Besoin", "Appel", "État", "Déposé"],
    }
    return page(request, "needs/association_needs.html", context)


@wear("association")
def new(request: Request) -> HttpResponse:
    own = get_object_or_404(Organisation, pk=request.actor.scope)
    came_from = request.GET.get("projet", "")
    form = NeedNew(request.POST or None, association=own, project=came_from)

    def act() -> str:
        data, by = form.cleaned_data, request.actor
        project = data["project"] or describe_new(own, by=by, title=data["title"])
        made = actions.begin(project, by=by, call=data["call"], title=data["title"])
        return reverse("needs:association_screen", args=[request.actor.key, made.pk, FIRST])

    if url := create(request, form, act):
        return answer(request, url, "Le besoin est ouvert : chaque écran s’enregistre.")
    return page(request, "needs/association_new.html", {"form": form})


@wear("association")
def need(request: Request, pk: int) -> HttpResponse:
    """One need: who must act, its road, its terms, what is still missing."""
    found = _found(request, pk)
    missing = rules.missing_to_file(found) if found.state in BEFORE else []
    context = {
        "need": found,
        "tone": queries.TONES[found.state],
        "facts": queries.facts_of(found),
        "road": road_of(found),
        "missing": missing,
        "verbs": _verbs(request, found, missing),
        "remarks": [each for each in found.comments.all() if not (each.settled_at or each.by_hand)],
        "panels": panels_of(request, "need", found),
    }
    return page(request, "needs/association_need.html", context)


@wear("association")
def edit(request: Request, pk: int) -> HttpResponse:
    found = _found(request, pk)
    require(rules.can_edit(request.actor, found))
    form = NeedEdit(request.POST or None, subject=found)

    def act() -> None:
        changes = dict(form.values)
        languages = changes.pop("languages")
        actions.describe(
            found, by=request.actor, changes=changes, languages=languages, seen=form.seen
        )

    if submit(request, form, act):
        return answer(request, _url(request, pk), "C’est enregistré.")
    return page(request, "needs/association_edit.html", {"form": form, "need": found})


@wear("association")
def partner(request: Request, pk: int) -> HttpResponse:
    """Ask the partner in the field to confirm, by a personal link."""
    found = _found(request, pk)
    form = Act(request.POST or None, subject=found)
    if submit(request, form, lambda: actions.ask_partner(found, by=request.actor)):
        return answer(request, _url(request, pk), "Le partenaire a reçu un lien personnel.")
    context = {"form": form, "need": found, "label": "Demander au partenaire de confirmer"}
    return page(request, "needs/association_act.html", context)


@wear("association")
def act(request: Request, pk: int, verb: str) -> HttpResponse:
    """File or withdraw."""
    if verb not in VERBS:
        raise Http404
    found, (name, done) = _found(request, pk), VERBS[verb]
    transition = found.workflow.transition(found.state, name)
    require(rules.can(request.actor, name, found))
    form = Act(request.POST or None, subject=found, needs_reason=transition.needs_reason)

    def run() -> None:
        extra = {"reason": form.why} if transition.needs_reason else {}
        getattr(actions, name)(found, by=request.actor, seen=form.seen, **extra)

    if submit(request, form, run):
        return answer(request, _url(request, pk), done)
    context = {"form": form, "need": found, "label": transition.label, "danger": transition.danger}
    return page(request, "needs/association_act.html", context)


def _found(request: Request, pk: int) -> Need:
    return get_object_or_404(queries.whole(Need.objects.visible_to(request.actor)), pk=pk)


def _url(request: Request, pk: int) -> str:
    return reverse("needs:association_need", args=[request.actor.key, pk])


def _verbs(request: Request, found: Need, missing: list[str]) -> list[dict[str, object]]:
    slugs = {name: slug for slug, (name, _) in VERBS.items()}
    refused = "Complétez d’abord ce qui manque, listé plus bas." if missing else ""
    items: list[dict[str, object]] = [
        {
            "label": row.label,
            "danger": row.danger,
            "url": reverse(
                "needs:association_act", args=[request.actor.key, found.pk, slugs[row.verb]]
            ),
            "refused": refused if row.verb == "file" else "",
        }
        for row in found.workflow.verbs(found.state, "association")
    ]
    if rules.can_edit(request.actor, found):
        where = [request.actor.key, found.pk, queries.first_blank(found)]
        url = reverse("needs:association_screen", args=where)
        items.insert(0 if missing else 1, {"label": "Compléter", "url": url})
    return items
