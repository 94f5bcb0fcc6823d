"""An officer reads the needs that wait, one by one or as a list."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.actors.networks.queries import officers_of
from explor.ground.common.actor import Actor
from explor.ground.common.hats import wear
from explor.ground.common.request import Request
from explor.ground.common.views import answer, page, submit
from explor.ground.documents.views.files import download
from explor.journey.calls.models import Call
from explor.journey.needs.models import Need
from explor.journey.needs.queries import TONES, facts_of
from explor.journey.needs.queries import whole as with_facts
from explor.journey.needs.queries.similar import like
from explor.journey.needs.states import State

from .. import actions, queries, rules
from ..forms import ADMIT, AppraiseForm, BulkForm
from ..models import Paper, SupplementItem

STATES = [choice for choice in State.choices if choice[0] != State.DRAFT]


@wear("reseau")
def board(request: Request) -> HttpResponse:
    """The needs that wait, the oldest first, and one act for those that are ticked."""
    names = ("q", "officer", "call")
    asked = {name: request.GET.get(name, "").strip() for name in names}
    asked["state"] = request.GET.get("state", State.FILED)
    form = BulkForm(request.POST or None, network=request.actor.scope or 0)
    outcomes: list[actions.Outcome] = []
    submit(request, form, lambda: outcomes.extend(_act_on(request, form)))
    cursor = request.GET.get("after", "")
    rows, following = queries.page_after(queries.board(request.actor, **asked), cursor)
    readings, late = queries.readings_of(rows), queries.overdue(request.actor)
    context = {
        "form": form,
        "asked": asked,
        "lines": [(need, rules.failing(readings[need.pk])) for need in rows],
        "next": following,
        "overdue": queries.told_overdue(request.actor, late),
        "late": {each.need_id for each in late},
        "done": [each for each in outcomes if not each.reasons],
        "left": [each for each in outcomes if each.reasons],
        **_choices(request.actor),
    }
    return page(request, "admissibility/reseau_board.html", context)


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
    seen = form.versions
    ticked = queries.with_all(Need.objects.visible_to(request.actor)).filter(pk__in=seen)
    lines = [(need, seen[need.pk]) for need in ticked]
    if form.cleaned_data["verb"] == "admit":
        return actions.admit_all(lines, by=request.actor)
    return actions.assign_all(lines, by=request.actor, officer=form.cleaned_data["officer"])


@wear("reseau")
def workload(request: Request) -> HttpResponse:
    """Who has what in hand."""
    context = {
        "rows": queries.workload(request.actor),
        "columns": ["Personne", "À examiner", "À compléter", "Le plus ancien"],
        "clock": rules.told_clock(queries.clock_of(request.actor.scope or 0)),
    }
    return page(request, "admissibility/reseau_workload.html", context)


@wear("reseau")
def late(request: Request) -> HttpResponse:
    """Drafts of calls that no longer receive: their titles only, to file one on someone's word."""
    rows, following = queries.drafts_after(request.actor, request.GET.get("after", ""))
    context = {
        "rows": rows,
        "next": following,
        "columns": ["Besoin", "Association", "Appel", "Clôture"],
    }
    return page(request, "admissibility/reseau_late.html", context)


@wear("reseau")
def need(request: Request, pk: int) -> HttpResponse:
    """One need: the rules read, the questions to judge, the documents, the notes."""
    found = _found(request, pk)
    readings = queries.readings_of([found])[found.pk]
    review = queries.review_of(found)
    form = AppraiseForm(
        request.POST or None,
        subject=found,
        questions=rules.questions_of(found.call, readings),
        answers=review.answers if review else {},
        failing=bool(rules.failing(readings)),
    )
    if submit(request, form, lambda: _appraise(request, found, form)):
        return answer(request, *_after(request, found, form))
    context = {"need": found, "form": form, "readings": readings, "review": review}
    return page(request, "admissibility/reseau_need.html", context | _around(request, found))


def _appraise(request: Request, found: Need, form: AppraiseForm) -> None:
    actions.judge(found, by=request.actor, answers=form.answers, seen=form.seen)
    if form.cleaned_data["then"] == ADMIT:
        actions.admit(found, by=request.actor, waiver=form.cleaned_data.get("waiver", ""))


def _after(request: Request, found: Need, form: AppraiseForm) -> tuple[str, str]:
    key = request.actor.key
    if form.cleaned_data["then"] != ADMIT:
        return reverse("admissibility:reseau_need", args=[key, found.pk]), "C’est enregistré."
    said = f"« {found.title} » est recevable."
    if following := queries.next_after(found, request.actor):
        url = reverse("admissibility:reseau_need", args=[key, following.pk])
        return url, f"{said} Voici le suivant."
    return reverse("admissibility:reseau_board", args=[key]), f"{said} Plus rien n’attend."


def _around(request: Request, found: Need) -> dict[str, Any]:
    supplement = queries.supplement_of(found)
    return {
        "tone": TONES[found.state],
        "facts": facts_of(found),
        "judges": rules.can_judge(request.actor, found),
        "papers": queries.papers_of(found),
        "supplement": supplement,
        "items": [(rules.told_item(i), i) for i in supplement.items.all()] if supplement else [],
        "alike": like(found, request.actor),
        "notes": found.notes.all()[:20],
        "verbs": _verbs(request, found, asked=supplement is not None),
    }


def _verbs(request: Request, found: Need, *, asked: bool) -> list[dict[str, object]]:
    args = [request.actor.key, found.pk]
    once = "Déjà demandés une fois : décidez." if asked else ""
    rows: list[tuple[str, str, str, bool]] = []
    if found.state == State.FILED:
        rows.append(("Demander des compléments", "admissibility:reseau_ask", once, False))
        rows.append(("Refuser", "admissibility:reseau_reject", "", True))
    if found.state == State.RETURNED and asked:
        why = " ".join(rules.missing_to_reject(found))
        rows.append(("Prolonger l’échéance", "admissibility:reseau_extend", "", False))
        rows.append(("Refuser", "admissibility:reseau_reject", why, True))
    rows.append(("Prendre en charge", "needs:reseau_assign", "", False))
    return [
        {"label": label, "url": reverse(name, args=args), "refused": refused, "danger": danger}
        for label, name, refused, danger in rows
    ]


@wear("reseau")
def download_paper(request: Request, pk: int) -> HttpResponseBase:
    """A document handed over."""
    shown = Need.objects.visible_to(request.actor)
    rows = Paper.objects.filter(need__in=shown).select_related("document")
    return download(get_object_or_404(rows, pk=pk).document, by=request.actor)


@wear("reseau")
def download_item(request: Request, pk: int) -> HttpResponseBase:
    """A file joined to an answer."""
    shown = Need.objects.visible_to(request.actor)
    rows = SupplementItem.objects.filter(supplement__need__in=shown, document__isnull=False)
    found = get_object_or_404(rows.select_related("document"), pk=pk)
    return download(found.document, by=request.actor)  # type: ignore[arg-type]


def _found(request: Request, pk: int) -> Need:
    rows = with_facts(Need.objects.visible_to(request.actor)).select_related("review")
    return get_object_or_404(rows, pk=pk)
