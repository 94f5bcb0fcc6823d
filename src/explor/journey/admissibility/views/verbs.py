"""Each act of an officer that has a page of its own."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.forms import BaseForm
from explor.ground.ui.submit import create, submit
from explor.ground.workflow.forms import ActionForm
from explor.journey.needs.models import Need
from explor.journey.needs.rules import barriers

from .. import actions, rules, selectors
from ..forms import AskForm, ExtendForm, NoteForm, RejectForm
from ..models import Supplement

LIFTED = "Ce n’est pas un obstacle au dépôt ; la règle devra être levée par un motif à la lecture."


@role_required("reseau")
def request_changes(request: Request, pk: int) -> HttpResponse:
    """Ask once for all that is missing."""
    need = _load(request, pk)
    require(rules.can_read(request.actor, need))
    papers = [(asked, given) for asked, given in selectors.papers_of(need) if asked.asked]
    form = AskForm(request.POST or None, subject=need, papers=papers)
    if submit(
        request,
        form,
        lambda: actions.request_changes(
            need, by=request.actor, expected_version=form.expected_version, **form.asked
        ),
    ):
        return done_redirect(
            request, _next(request, need), "L’association est prévenue, avec l’échéance."
        )
    return _form(request, form, need, "Demander des compléments")


@role_required("reseau")
def reject(request: Request, pk: int) -> HttpResponse:
    """Refuse, for a reason of the list and in words."""
    need = _load(request, pk)
    require(rules.can_read(request.actor, need))
    form = RejectForm(request.POST or None, subject=need)

    def run() -> None:
        ground, words = form.cleaned_data["ground"], form.cleaned_data["words"]
        actions.reject(
            need,
            by=request.actor,
            ground=ground,
            words=words,
            expected_version=form.expected_version,
        )

    if submit(request, form, run):
        return done_redirect(request, _next(request, need), "Le refus est envoyé, avec son motif.")
    waits = [] if form.errors else rules.missing_to_reject(need, selectors.supplement_of(need))
    return _form(request, form, need, "Refuser", danger=True, told=waits)


@role_required("reseau")
def extend(request: Request, pk: int) -> HttpResponse:
    """Give more time."""
    rows = Supplement.objects.select_related("need__network", "need__association")
    asked = get_object_or_404(rows, need__in=Need.objects.visible_to(request.actor), need=pk)
    require(rules.can_extend(request.actor, asked))
    form = ExtendForm(request.POST or None, subject=asked)

    def run() -> None:
        answer_by = form.cleaned_data["answer_by"]
        actions.extend(
            asked, by=request.actor, answer_by=answer_by, expected_version=form.expected_version
        )

    if submit(request, form, run):
        return done_redirect(
            request, _url(request, pk), "L’échéance est prolongée, l’association le sait."
        )
    return _form(request, form, asked.need, "Prolonger l’échéance")


@role_required("reseau")
def note(request: Request, pk: int) -> HttpResponse:
    """A word for the other officers."""
    need = _load(request, pk)
    require(rules.can_read(request.actor, need))
    form = NoteForm(request.POST or None)

    def run() -> str:
        actions.note(need, by=request.actor, text=form.cleaned_data["text"])
        return _url(request, pk)

    if url := create(request, form, run):
        return done_redirect(request, url, "La note est gardée.")
    return _form(request, form, need, "Noter")


@role_required("reseau")
def submit_late(request: Request, pk: int) -> HttpResponse:
    """File a draft after the deadline, on the association's word."""
    need = get_object_or_404(selectors.late_drafts(request.actor), pk=pk)
    require(rules.can_submit_late(request.actor, need))
    form = ActionForm(
        request.POST or None, subject=need, needs_reason=True, ask="Pourquoi si tard ?"
    )
    if submit(request, form, lambda: actions.submit_late(need, by=request.actor, reason=form.why)):
        return done_redirect(
            request, _url(request, pk), "Le besoin est déposé, et l’association le sait."
        )
    title = f"Déposer « {need.title} » après la clôture"
    filing = selectors.filings_of([need])[need.pk]
    barred = barriers(need, others=filing.others, at=filing.at, deadline_waived=True)
    return _form(request, form, None, title, told=[f"{why} {LIFTED}" for why in barred])


def _load(request: Request, pk: int) -> Need:
    rows = Need.objects.visible_to(request.actor).select_related("network", "association", "call")
    return get_object_or_404(rows, pk=pk)


def _url(request: Request, pk: int) -> str:
    return reverse("admissibility:reseau_need", args=[request.actor.key, pk])


def _next(request: Request, need: Need) -> str:
    following = selectors.next_after(need, request.actor)
    if following is None:
        return reverse("admissibility:reseau_board", args=[request.actor.key])
    return _url(request, following.pk)


def _form(
    request: Request,
    form: BaseForm,
    need: Need | None,
    title: str,
    *,
    danger: bool = False,
    told: Sequence[str] = (),
) -> HttpResponse:
    context = {"form": form, "need": need, "title": title, "danger": danger, "told": told}
    return render_page(request, "admissibility/reseau_form.html", context)
