"""Pages on which an association submits and downloads documents, and answers for supplements."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from explor.ground.files.pages import storage_line_of
from explor.ground.files.views.files import download
from explor.ground.http.access import require
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.submit import submit
from explor.journey.needs.models import Need

from .. import actions, rules, selectors
from ..forms import AnswerForm, PapersForm
from ..models import Paper, Supplement


@role_required("association")
def answer_supplement(request: Request, pk: int) -> HttpResponse:
    """Show the supplements requested, save the answers, and resubmit the need if asked to.

    When the resubmission is refused, the answers stay saved.
    """
    rows = Supplement.objects.select_related("need__network", "need__call", "need__association")
    rows = rows.prefetch_related("items__paper", "items__document")
    supplement = get_object_or_404(rows, need__association=request.actor.scope, need=pk)
    require(rules.can_reply(request.actor, supplement))
    form = AnswerForm(request.POST or None, request.FILES or None, subject=supplement)
    if submit(request, form, partial(_keep_answers, request, supplement, form)):
        return _resubmit(request, supplement, done=form.cleaned_data["done"])
    context = {
        "form": form,
        "supplement": supplement,
        "need": supplement.need,
        "answers": rules.can_answer(request.actor, supplement),
        "storage": storage_line_of(supplement.need.association),
        "items": [(rules.item_sentence(item), item) for item in supplement.items.all()],
    }
    return render_page(request, "admissibility/association_answer.html", context)


def _keep_answers(request: Request, supplement: Supplement, form: AnswerForm) -> None:
    version = form.expected_version
    actions.answer(supplement, by=request.actor, answers=form.answers, expected_version=version)


def _resubmit(request: Request, supplement: Supplement, *, done: bool) -> HttpResponse:
    here = reverse("admissibility:association_answer", args=[request.actor.key, supplement.need_id])
    if not done:
        return done_redirect(request, here, "C’est enregistré. Rendez le besoin quand tout y est.")
    try:
        actions.resubmit(supplement, by=request.actor)
    except ActionNotAllowed as refusal:
        messages.warning(request, f"C’est enregistré, mais pas encore rendu. {refusal}")
        return redirect(here)
    url = reverse("needs:association_need", args=[request.actor.key, supplement.need_id])
    return done_redirect(
        request, url, "Vos compléments sont rendus : votre réseau reprend sa lecture."
    )


@role_required("association")
def papers(request: Request, pk: int) -> HttpResponse:
    """Show the documents that the call requests, and store the files sent."""
    need = _load(request, pk)
    listed = selectors.papers_of(need)
    form = PapersForm(request.POST or None, request.FILES or None, papers=listed)
    if submit(request, form, lambda: _hand(request, need, form)):
        here = reverse("admissibility:association_papers", args=[request.actor.key, pk])
        return done_redirect(request, here, "C’est enregistré.")
    hands = rules.can_hand(request.actor, need)
    context = {"form": form, "need": need, "papers": listed, "hands": hands}
    context["storage"] = storage_line_of(need.association)
    return render_page(request, "admissibility/association_papers.html", context)


def _hand(request: Request, need: Need, form: PapersForm) -> None:
    require(rules.can_hand(request.actor, need))
    for paper, file in form.given:
        actions.hand_paper(need, by=request.actor, requested_paper=paper, file=file)


@role_required("association")
def download_paper(request: Request, pk: int) -> HttpResponseBase:
    """Download a document that the association submitted for one of its needs."""
    rows = Paper.objects.filter(need__association=request.actor.scope).select_related("document")
    return download(get_object_or_404(rows, pk=pk).document, by=request.actor)


def _load(request: Request, pk: int) -> Need:
    rows = Need.objects.visible_to(request.actor).select_related("network", "call", "association")
    return get_object_or_404(rows, pk=pk)
