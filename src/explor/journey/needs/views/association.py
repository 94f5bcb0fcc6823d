"""Pages on which an association lists, creates, reads and edits its needs; `verbs` submits them."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.actors.organisations.models import Organisation
from explor.actors.projects.actions import describe_new
from explor.ground.audit.views import file_of_list
from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.typed import fills
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.parts import panels_of, progress_of
from explor.ground.ui.submit import create, submit

from .. import actions, pages, rules, selectors
from ..forms import NeedEdit, NeedNew
from ..models import Need
from ..pages import effects
from ..states import State
from .verbs import VERBS, load


@role_required("association")
def needs(request: Request) -> HttpResponse:
    """List the filtered needs of the association, or return them as a file."""
    filters = {name: request.GET.get(name, "").strip() for name in ("q", "state")}
    every = selectors.search(request.actor, **filters)
    if file := file_of_list(request, "needs", pages.columns_to_export(), every):
        return file
    rows = Paginator(every, 20).get_page(request.GET.get("page"))
    context = {
        "rows": rows,
        "filters": filters,
        "states": State.choices,
        "columns": ["Besoin", "Appel", "État", "Déposé"],
    }
    return render_page(request, "needs/association_needs.html", context)


@fills(NeedNew)
@role_required("association")
def new(request: Request) -> HttpResponse:
    """Create a draft need, and its project if the form names none, then open the builder."""
    own = get_object_or_404(Organisation, pk=request.actor.scope)
    came_from = request.GET.get("projet", "")
    form = NeedNew(request.POST or None, association=own, project=came_from)

    require(rules.can_begin(request.actor, own.pk))

    def run() -> str:
        data, by = form.cleaned_data, request.actor
        project = data["project"] or describe_new(own, by=by, title=data["title"])
        made = actions.begin(project, by=by, call=data["call"], title=data["title"])
        return effects.first_screen_url(by, made)

    if url := create(request, form, run):
        return done_redirect(request, url, "Le besoin est ouvert : chaque écran s’enregistre.")
    return render_page(request, "needs/association_new.html", {"form": form})


@role_required("association")
def need(request: Request, pk: int) -> HttpResponse:
    """Show a need: who must act next, its progress, its terms and what is missing."""
    need = load(request, pk)
    missing = effects.missing(need)
    context = {
        "need": need,
        "tone": pages.TONES[need.state],
        "facts": pages.facts_of(need),
        "progress": progress_of(need),
        "missing": missing,
        "verbs": _verbs(request, need, missing),
        "remarks": [each for each in need.comments.all() if not (each.settled_at or each.by_hand)],
        "panels": panels_of(request, "need", need),
    }
    return render_page(request, "needs/association_need.html", context)


@fills(NeedEdit)
@role_required("association")
def edit(request: Request, pk: int) -> HttpResponse:
    """Edit all the fields of a draft or returned need on one page."""
    need = load(request, pk)
    require(rules.can_edit(request.actor, need))
    form = NeedEdit(request.POST or None, subject=need)

    def run() -> None:
        actions.describe(
            need,
            by=request.actor,
            changes=form.changes,
            languages=form.spoken,
            expected_version=form.expected_version,
            first_version=form.cleaned_data.get("first_version"),
        )

    if submit(request, form, run):
        return done_redirect(request, effects.url_of(request.actor, need), "C’est enregistré.")
    return render_page(request, "needs/association_edit.html", {"form": form, "need": need})


def _verbs(request: Request, need: Need, missing: list[str]) -> list[dict[str, Any]]:
    refused = "Complétez d’abord ce qui manque, listé plus bas." if missing else ""
    items = VERBS.buttons(request.actor, need, refused={"submit": refused})
    if rules.can_edit(request.actor, need):
        args = [request.actor.key, need.pk, pages.first_blank(need)]
        url = reverse("needs:association_screen", args=args)
        first = 0 if missing or need.state == State.RETURNED else 1
        items.insert(first, {"label": "Compléter", "url": url})
    return items
