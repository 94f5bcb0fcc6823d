"""The guided builder: short screens, saved while the author types, then a page to submit."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from explor.ground.http.access import require
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.replay import done_redirect, repeatable
from explor.ground.http.request import Request
from explor.ground.http.typed import fills
from explor.ground.http.views import render_page
from explor.ground.reference.selectors import terms
from explor.ground.roles.registry import role_required
from explor.ground.ui.parts import panels_of
from explor.ground.ui.submit import submit
from explor.ground.workflow.forms import ActionForm
from explor.journey.calls.pages import calendar_of

from .. import actions, pages, rules, selectors
from ..forms import ScreenForm
from ..models import Need
from ..pages.history import others_present
from ..pages.similar import similar_items
from ..pages.suggestions import examples_of
from ..rules import SCREENS, Screen
from ..states import State


@fills(ScreenForm)
@role_required("association")
def screen(request: Request, pk: int, slug: str) -> HttpResponse:
    """Show one screen of the guided builder; when its form is sent, save it and redirect."""
    need, shown = _open(request, pk, slug)
    form = ScreenForm(
        request.POST or None,
        subject=need,
        screen=shown,
        search=request.GET.get("chercher", ""),
        partner=request.GET.get("partenaire", ""),
    )
    if submit(request, form, lambda: _keep(request, need, form, settle=True)):
        actions.be_present(need, by=request.actor, screen=slug)
        return done_redirect(request, _next(request, need, form), _done(request, form))
    return render_page(
        request, "needs/association_screen.html", _context(request, need, shown, form)
    )


def _context(request: Request, need: Need, shown: Screen, form: ScreenForm) -> dict[str, Any]:
    """Return the template context of the page of one screen of the guided builder.

    It has `form`, the need, the other screens, the blank fields, warnings and writing suggestions.
    """
    return {
        "form": form,
        "need": need,
        "screen": shown,
        "way": pages.way_of(need, shown.slug),
        "theirs": _theirs(need, form),
        "completeness": pages.completeness_of(need),
        "warnings": pages.warnings_of(need),
        "others": others_present(need, request.actor),
        "alike": similar_items(need, request.actor) if shown.slug == "attendus" else [],
        "questions": examples_of(need.mission_type, "questions"),
        "types": terms("mission_types").values(),
        "calendar": calendar_of(need.call) if shown.slug == "dates" else [],
    }


@repeatable("it saves the fields while they are typed; the form is submitted later")
@role_required("association")
def keep(request: Request, pk: int, slug: str) -> HttpResponse:
    """Save the valid fields while the author types, and return the HTML of the save status.

    The status is 409 when the action refuses, and 404 without a page identifier or version.
    """
    if request.method != "POST" or slug not in SCREENS:
        raise Http404
    drafts = Need.objects.visible_to(request.actor).select_related("call")
    need = get_object_or_404(drafts, pk=pk)
    require(rules.can_be_present(request.actor, need))
    form = ScreenForm(request.POST, subject=need, screen=SCREENS[slug])
    form.is_valid()
    if not {"tab", "version"} <= form.cleaned_data.keys():
        raise Http404
    wrong = [str(form.fields[name].label) for name in form.errors if name in form.fields]
    refused: list[str] = []
    try:
        _keep(request, need, form)
    except ActionNotAllowed as refusal:
        refused = [reason for reason in refusal.reasons if reason]
    saved = f"Enregistré à {timezone.localtime():%H h %M}"
    saved += f", sauf : {', '.join(wrong)}." if wrong else "."
    context = {"need": need, "saved": saved, "refused": refused}
    context |= {"completeness": pages.completeness_of(need), "warnings": pages.warnings_of(need)}
    return render(request, "needs/_kept.html", context, status=409 if refused else 200)


@role_required("association")
def review(request: Request, pk: int) -> HttpResponse:
    """Show all the fields of a need and what is missing, with the form to submit the need."""
    need = get_object_or_404(selectors.with_related(Need.objects.visible_to(request.actor)), pk=pk)
    require(rules.can_edit(request.actor, need))
    context = {
        "need": need,
        "way": pages.way_of(need, ""),
        "parts": pages.parts_of(need),
        "completeness": pages.completeness_of(need),
        "warnings": pages.warnings_of(need),
        **_submission(request, need),
    }
    return render_page(request, "needs/association_review.html", context)


def _submission(request: Request, need: Need) -> dict[str, object]:
    """Return the context of the submission of a need: `missing`, `panels`, `act` and `url`.

    For a draft, `act` is a form to post at `url`. For a returned need, these are None and "", and
    `panels` are those where its supplements are answered.
    """
    if need.state == State.RETURNED:
        missing = rules.missing_parts(need, timezone.localdate())
        panels = panels_of(request, "need", need)
        return {"missing": missing, "panels": panels, "act": None, "url": ""}
    others = selectors.others_filed(need)
    return {
        "missing": rules.missing_to_submit(need, others=others, at=timezone.now()),
        "panels": [],
        "act": ActionForm(subject=need),
        "url": reverse("needs:association_submit", args=[request.actor.key, need.pk]),
    }


def _open(request: Request, pk: int, slug: str) -> tuple[Need, Screen]:
    if slug not in SCREENS:
        raise Http404
    need = get_object_or_404(selectors.with_related(Need.objects.visible_to(request.actor)), pk=pk)
    # After a co-author submitted, the action refuses with a message: 409, not 403.
    editing = rules.can_edit(request.actor, need)
    require(editing or (request.method == "POST" and rules.can_be_present(request.actor, need)))
    return need, SCREENS[slug]


def _keep(request: Request, need: Need, form: ScreenForm, *, settle: bool = False) -> None:
    actions.describe(
        need,
        by=request.actor,
        changes=form.changes,
        languages=form.spoken,
        tab=form.cleaned_data["tab"],
        expected_version=form.expected_version,
        first_version=form.cleaned_data.get("first_version"),
        settle=settle,
    )


def _next(request: Request, need: Need, form: ScreenForm) -> str:
    """Return the URL of the same screen after a search or a suggestion, else of the next one."""
    args = [request.actor.key, need.pk]
    slug = form.screen.slug
    here = reverse("needs:association_screen", args=[*args, slug])
    if form.searching:
        return f"{here}?{urlencode({'chercher': form.searching})}#propositions"
    if form.adding:
        return f"{here}#id_{form.adding}"
    if further := rules.after(slug):
        return reverse("needs:association_screen", args=[*args, further])
    return reverse("needs:association_review", args=args)


def _done(request: Request, form: ScreenForm) -> str:
    done = f"Enregistré à {timezone.localtime():%H h %M}."
    if form.searching and "search" not in request.POST:
        return (
            f"{done} « {form.searching} » n’est pas encore ajouté : choisissez une proposition, "
            "ou écrivez votre compétence plus bas."
        )
    return done


def _theirs(need: Need, form: ScreenForm) -> list[tuple[str, object]]:
    """Return, after a conflict, the (label, value) pairs stored by the other author; else empty."""
    if form.status != 409:
        return []
    now = selectors.with_related(Need.objects.filter(pk=need.pk)).get()
    return next(facts for screen, facts in pages.parts_of(now) if screen is form.screen)
