"""The association describes and submits its needs."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from explor.actors.organisations.models import Organisation
from explor.actors.projects.actions import describe_new
from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.parts import panels_of, progress_of
from explor.ground.ui.submit import create, submit
from explor.ground.workflow.forms import ActionForm

from .. import actions, pages, rules, selectors
from ..forms import NeedEdit, NeedNew
from ..models import Need
from ..states import State

FIRST = next(iter(rules.SCREENS))


@role_required("association")
def needs(request: Request) -> HttpResponse:
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "state")}
    rows = Paginator(selectors.search(request.actor, **asked), 20).get_page(request.GET.get("page"))
    context = {
        "rows": rows,
        "asked": asked,
        "states": State.choices,
        "columns": ["Besoin", "Appel", "État", "Déposé"],
    }
    return render_page(request, "needs/association_needs.html", context)


@role_required("association")
def new(request: Request) -> HttpResponse:
    own = get_object_or_404(Organisation, pk=request.actor.scope)
    came_from = request.GET.get("projet", "")
    form = NeedNew(request.POST or None, association=own, project=came_from)

    require(rules.can_begin(request.actor, own.pk))

    def run() -> str:
        data, by = form.cleaned_data, request.actor
        project = data["project"] or describe_new(own, by=by, title=data["title"])
        made = actions.begin(project, by=by, call=data["call"], title=data["title"])
        return reverse("needs:association_screen", args=[request.actor.key, made.pk, FIRST])

    if url := create(request, form, run):
        return done_redirect(request, url, "Le besoin est ouvert : chaque écran s’enregistre.")
    return render_page(request, "needs/association_new.html", {"form": form})


@role_required("association")
def need(request: Request, pk: int) -> HttpResponse:
    """One need: who must act, its progress, its terms, what is still missing."""
    need = _load(request, pk)
    missing = _missing(need)
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


@role_required("association")
def edit(request: Request, pk: int) -> HttpResponse:
    need = _load(request, pk)
    require(rules.can_edit(request.actor, need))
    form = NeedEdit(request.POST or None, subject=need)

    def run() -> None:
        actions.describe(
            need,
            by=request.actor,
            changes=form.changes,
            languages=form.spoken,
            expected_version=form.expected_version,
        )

    if submit(request, form, run):
        return done_redirect(request, _url(request, pk), "C’est enregistré.")
    return render_page(request, "needs/association_edit.html", {"form": form, "need": need})


@role_required("association")
def partner(request: Request, pk: int) -> HttpResponse:
    """Ask the partner in the field to confirm, by a personal link."""
    need = _load(request, pk)
    require(rules.can_ask_partner(request.actor, need))
    form = ActionForm(request.POST or None, subject=need)
    if submit(request, form, lambda: actions.ask_partner(need, by=request.actor)):
        return done_redirect(request, _url(request, pk), "Le partenaire a reçu un lien personnel.")
    context = {"form": form, "need": need, "label": "Demander au partenaire de confirmer"}
    return render_page(request, "needs/association_act.html", context)


@role_required("association")
def submit_need(request: Request, pk: int) -> HttpResponse:
    """Submit a draft to the network."""
    need = _load(request, pk)
    require(rules.can_submit(request.actor, need))
    form = ActionForm(request.POST or None, subject=need)
    if submit(
        request,
        form,
        lambda: actions.submit(need, by=request.actor, expected_version=form.expected_version),
    ):
        done = "Votre besoin est déposé. Votre réseau vous répondra."
        return done_redirect(request, _url(request, pk), done)
    context = {"form": form, "need": need, "label": "Déposer le besoin", "danger": False}
    return render_page(request, "needs/association_act.html", context)


@role_required("association")
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Give the need up, for a reason."""
    need = _load(request, pk)
    require(rules.can_withdraw(request.actor, need))
    form = ActionForm(request.POST or None, subject=need, needs_reason=True)

    def run() -> None:
        actions.withdraw(
            need, by=request.actor, reason=form.why, expected_version=form.expected_version
        )

    if submit(request, form, run):
        return done_redirect(request, _url(request, pk), "Votre besoin est retiré.")
    context = {"form": form, "need": need, "label": "Retirer le besoin", "danger": True}
    return render_page(request, "needs/association_act.html", context)


def _missing(need: Need) -> list[str]:
    """What a draft lacks to be submitted, and what a returned need lacks to be judged."""
    if need.state == State.RETURNED:
        return rules.missing_parts(need, timezone.localdate())
    if need.state != State.DRAFT:
        return []
    others = selectors.others_filed(need)
    return rules.missing_to_submit(need, others=others, at=timezone.now())


def _load(request: Request, pk: int) -> Need:
    return get_object_or_404(selectors.with_related(Need.objects.visible_to(request.actor)), pk=pk)


def _url(request: Request, pk: int) -> str:
    return reverse("needs:association_need", args=[request.actor.key, pk])


def _verbs(request: Request, need: Need, missing: list[str]) -> list[dict[str, object]]:
    refused = "Complétez d’abord ce qui manque, listé plus bas." if missing else ""
    args = [request.actor.key, need.pk]
    items: list[dict[str, object]] = [
        {
            "label": row.label,
            "danger": row.danger,
            "url": reverse(f"needs:association_{row.verb}", args=args),
            "refused": refused if row.verb == "submit" else "",
        }
        for row in need.workflow.verbs(need.state, "association")
    ]
    if rules.can_edit(request.actor, need):
        url = reverse("needs:association_screen", args=[*args, pages.first_blank(need)])
        first = 0 if missing or need.state == State.RETURNED else 1
        items.insert(first, {"label": "Compléter", "url": url})
    return items
