"""Pages of an officer: the board of filed needs, the workload, late drafts, one need, its files."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.actors.networks.selectors import officers_of
from explor.ground.files.views.files import download
from explor.ground.http.access import require
from explor.ground.http.actor import Actor
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.submit import submit
from explor.journey.calls.models import Call
from explor.journey.needs.models import Need
from explor.journey.needs.pages import TONES, facts_of
from explor.journey.needs.pages.similar import similar_items
from explor.journey.needs.rules import can_assign
from explor.journey.needs.selectors import with_related as with_facts
from explor.journey.needs.states import State

from .. import actions, pages, rules, selectors
from ..forms import ACCEPT, AppraiseForm, BulkForm
from ..models import Paper, Supplement, SupplementItem
from .verbs import NEEDS, SUPPLEMENTS

STATES = [choice for choice in State.choices if choice[0] != State.DRAFT]


@role_required("reseau")
def board(request: Request) -> HttpResponse:
    """List the needs once filed, awaiting a verdict by default; accept or assign those ticked."""
    names = ("q", "officer", "call")
    filters = {name: request.GET.get(name, "").strip() for name in names}
    filters["state"] = request.GET.get("state", State.FILED)
    form = BulkForm(request.POST or None, network=request.actor.scope or 0)
    outcomes: list[actions.Outcome] = []
    submit(request, form, lambda: outcomes.extend(_act_on(request, form)))
    cursor = request.GET.get("after", "")
    rows, following = selectors.page_after(selectors.board(request.actor, **filters), cursor)
    readings, late = selectors.results_of(rows), selectors.overdue(request.actor)
    context = {
        "form": form,
        "filters": filters,
        "lines": [(need, pages.failing_labels(readings[need.pk])) for need in rows],
        "next": following,
        "overdue": pages.overdue_tasks(request.actor, late),
        "late": {each.need_id for each in late},
        "done": [each for each in outcomes if not each.reasons],
        "left": [each for each in outcomes if each.reasons],
        **_choices(request.actor),
    }
    return render_page(request, "admissibility/reseau_board.html", context)


def _choices(actor: Actor) -> dict[str, Any]:
    scope = actor.scope or 0
    officers = list(officers_of(scope))
    return {
        "states": STATES,
        "officers": officers,
        "mine": next((each.pk for each in officers if each.person_id == actor.person), None),
        "calls": Call.objects.filter(network=scope).order_by("-opens_at", "-pk")[:30],
        "columns": ["Besoin", "Association", "Appel", "Règles", "Déposé", "En charge"],
    }


def _act_on(request: Request, form: BulkForm) -> list[actions.Outcome]:
    expected_version = form.versions
    ticked = selectors.with_all(Need.objects.visible_to(request.actor)).filter(
        pk__in=expected_version
    )
    lines = [
        (need, expected_version[need.pk]) for need in ticked if can_assign(request.actor, need)
    ]
    if form.cleaned_data["verb"] == "accept":
        return actions.accept_all(lines, by=request.actor)
    return actions.assign_all(lines, by=request.actor, officer=form.cleaned_data["officer"])


@role_required("reseau")
def workload(request: Request) -> HttpResponse:
    """Show how many needs each officer is in charge of, and the response times of the network."""
    context = {
        "rows": selectors.workload(request.actor),
        "columns": ["Personne", "À examiner", "À compléter", "Le plus ancien"],
        "clock": rules.clock_sentence(selectors.clock_of(request.actor.scope or 0)),
    }
    return render_page(request, "admissibility/reseau_workload.html", context)


@role_required("reseau")
def late(request: Request) -> HttpResponse:
    """List the drafts and returned needs of closed calls, by their titles only."""
    rows, following = selectors.drafts_after(request.actor, request.GET.get("after", ""))
    context = {
        "rows": rows,
        "next": following,
        "columns": ["Besoin", "Association", "Appel", "Clôture"],
    }
    return render_page(request, "admissibility/reseau_late.html", context)


@role_required("reseau")
def need(request: Request, pk: int) -> HttpResponse:
    """Show a need with its rules, documents and notes; save the answers, or save and accept it."""
    need = _load(request, pk)
    require(rules.can_read(request.actor, need))
    readings = selectors.results_of([need])[need.pk]
    review = selectors.review_of(need)
    form = AppraiseForm(
        request.POST or None,
        subject=need,
        questions=rules.questions_of(need.call, readings),
        answers=review.answers if review else {},
        failing=bool(rules.failing(readings)),
    )
    if submit(request, form, lambda: _appraise(request, need, form)):
        return done_redirect(request, *_after(request, need, form))
    context = {"need": need, "form": form, "readings": readings, "review": review}
    return render_page(request, "admissibility/reseau_need.html", context | _around(request, need))


def _appraise(request: Request, need: Need, form: AppraiseForm) -> None:
    actions.judge(
        need, by=request.actor, answers=form.answers, expected_version=form.expected_version
    )
    if form.cleaned_data["then"] == ACCEPT:
        actions.accept(need, by=request.actor, waiver=form.cleaned_data.get("waiver", ""))


def _after(request: Request, need: Need, form: AppraiseForm) -> tuple[str, str]:
    if form.cleaned_data["then"] != ACCEPT:
        return pages.need_url(request.actor, need), "C’est enregistré."
    accepted = f"« {need.title} » est recevable."
    url = pages.next_url(request.actor, need)
    if url == reverse("admissibility:reseau_board", args=[request.actor.key]):
        return url, f"{accepted} Plus rien n’attend."
    return url, f"{accepted} Voici le suivant."


def _around(request: Request, need: Need) -> dict[str, Any]:
    supplement = selectors.supplement_of(need)
    interest = " ".join(selectors.interests(request.actor, need))
    return {
        "tone": TONES[need.state],
        "summary": pages.summary_of(need),
        "facts": facts_of(need),
        "interest": interest,
        "judges": rules.can_judge(request.actor, need) and not interest,
        "papers": selectors.papers_of(need),
        "supplement": supplement,
        "items": [(rules.item_sentence(i), i) for i in supplement.items.all()]
        if supplement
        else [],
        "alike": similar_items(need, request.actor),
        "notes": need.notes.all()[:20],
        "verbs": _verbs(request, need, supplement, interest),
    }


def _verbs(
    request: Request, need: Need, supplement: Supplement | None, interest: str
) -> list[dict[str, Any]]:
    """Return the buttons of the page of a need, as dicts with `label` and `url` at least.

    The buttons are about its supplements, its verdict and the officer in charge.
    """
    actor = request.actor
    assign = reverse("needs:reseau_assign", args=[actor.key, need.pk])
    return [
        *(SUPPLEMENTS.buttons(actor, supplement) if supplement else []),
        *NEEDS.buttons(actor, need, refused=pages.refused_verbs(need, supplement, interest)),
        {"label": "Prendre en charge", "url": assign},
    ]


@role_required("reseau")
def download_paper(request: Request, pk: int) -> HttpResponseBase:
    """Download a document that an association submitted for a need of this network."""
    shown = Need.objects.visible_to(request.actor)
    rows = Paper.objects.filter(need__in=shown).select_related("document")
    return download(get_object_or_404(rows, pk=pk).document, by=request.actor)


@role_required("reseau")
def download_item(request: Request, pk: int) -> HttpResponseBase:
    """Download the file that an association sent in answer to a request for supplements."""
    shown = Need.objects.visible_to(request.actor)
    rows = SupplementItem.objects.filter(supplement__need__in=shown, document__isnull=False)
    item = get_object_or_404(rows.select_related("document"), pk=pk)
    return download(item.document, by=request.actor)  # type: ignore[arg-type]


def _load(request: Request, pk: int) -> Need:
    rows = with_facts(Need.objects.visible_to(request.actor)).select_related("review")
    return get_object_or_404(rows, pk=pk)
