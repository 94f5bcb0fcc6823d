"""The meetings of a committee, the same pages for the network and for the chair."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.ground.files.views.files import download
from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.ui.submit import create, submit
from explor.ground.workflow.forms import ActionForm
from explor.journey.calls.models import Call
from explor.journey.committees.pages import voting_rules
from explor.journey.committees.selectors import bylaws_of, members_of

from . import actions, pages, rules, selectors
from .forms import AttendanceForm, MeetingForm
from .models import Meeting
from .states import MeetingState

# What each verb of a meeting says once done; the path of its page is its key.
VERBS: dict[str, tuple[str, Callable[..., Any], str]] = {
    "ouvrir": ("start_meeting", actions.start_meeting, "La séance est ouverte."),
    "clore": (
        "end_meeting",
        actions.end_meeting,
        "La séance est close. Le procès-verbal est à signer.",
    ),
    "rouvrir": (
        "reopen",
        actions.reopen,
        "La séance est rouverte. Le procès-verbal est annulé.",
    ),
    "signer": ("sign", actions.sign, "Le procès-verbal est signé."),
    "annuler": (
        "cancel",
        actions.cancel,
        "La séance est annulée. Les membres sont prévenus.",
    ),
}
TONES = {
    MeetingState.PLANNED: "neutral",
    MeetingState.OPEN: "info",
    MeetingState.CLOSED: "warn",
    MeetingState.SIGNED: "good",
    MeetingState.CANCELLED: "neutral",
}
LEADS = {
    "start_meeting": "Les décisions se votent alors dossier par dossier.",
    "end_meeting": "Le procès-verbal est établi. Les dossiers non décidés restent au comité.",
    "reopen": "Le procès-verbal est annulé, puis établi de nouveau à la clôture.",
    "sign": "Vous attestez les présences, les déports, les votes et les décisions.",
    "cancel": "Les membres reçoivent un message.",
}


def plan(request: Request, pk: int) -> HttpResponse:
    """Plan a meeting."""
    call, form = _call(request, pk), MeetingForm(request.POST or None)
    require(rules.can_plan(request.actor, call))

    def act() -> str:
        data = form.cleaned_data
        planned = actions.plan_meeting(call, by=request.actor, on=data["on"], place=data["place"])
        return _url(request, planned.pk)

    if url := create(request, form, act):
        return done_redirect(request, url, "La séance est prévue. Les membres sont prévenus.")
    context = {"form": form, "title": "Prévoir une séance", "lead": call.title}
    return render_page(request, "committees/act.html", {**context, "submit": "Convoquer le comité"})


def meeting(request: Request, pk: int) -> HttpResponse:
    """Show who attends, the needs to decide, and what is left to do."""
    found = _meeting(request, pk)
    bylaws = bylaws_of(found.call)
    context = {
        "meeting": found,
        "call": found.call,
        "needs": pages.needs_of(request, found),
        "members": members_of(found.call),
        "present": set(found.present.values_list("pk", flat=True)),
        "quorum": selectors.quorum_of(found, bylaws),
        "vote": voting_rules(bylaws),
        "verbs": _verbs(request, found),
        "minutes": _minutes_url(request, found),
        "tone": TONES[MeetingState(found.state)],
    }
    return render_page(request, "meetings/meeting.html", context)


def attendance(request: Request, pk: int) -> HttpResponse:
    """Note who is there."""
    found = _meeting(request, pk)
    require(rules.can_note_attendance(request.actor, found))
    form = AttendanceForm(request.POST or None, subject=found)

    def act() -> None:
        members = form.cleaned_data["members"]
        actions.note_attendance(
            found, by=request.actor, members=members, expected_version=form.expected_version
        )

    if submit(request, form, act):
        return done_redirect(request, _url(request, pk), "Les présences sont notées.")
    context = {"form": form, "title": "Qui est là ?", "lead": found.call.title}
    return render_page(request, "committees/act.html", {**context, "submit": "Noter les présences"})


def act(request: Request, pk: int, slug: str) -> HttpResponse:
    """Start, end, reopen or cancel the meeting, or sign its minutes."""
    found = _meeting(request, pk)
    if slug not in VERBS:
        raise Http404
    verb, action, done = VERBS[slug]
    require(rules.can_lead(request.actor, verb, found))
    row = found.workflow.transition(found.state, verb)
    form = ActionForm(request.POST or None, subject=found, needs_reason=row.needs_reason)
    why = {"reason": form.why} if request.method == "POST" and form.is_valid() else {}
    why = why if row.needs_reason else {}
    if submit(
        request,
        form,
        lambda: action(found, by=request.actor, expected_version=form.expected_version, **why),
    ):
        return done_redirect(request, _url(request, pk), done)
    context = {
        "form": form,
        "title": row.label,
        "lead": LEADS[verb],
        "submit": row.label,
        "danger": row.danger,
    }
    return render_page(request, "committees/act.html", context)


def minutes(request: Request, pk: int) -> HttpResponseBase:
    """Download the minutes, for those who may read them."""
    found = _readable(request, pk)
    if found.minutes is None or not selectors.may_read_minutes(request.actor, found):
        raise Http404
    return download(found.minutes, by=request.actor)


def _readable(request: Request, pk: int) -> Meeting:
    """Return the meeting; members read the minutes of meetings they do not lead."""
    meetings = Meeting.objects.visible_to(request.actor)
    if request.actor.role == "comite":
        meetings = Meeting.objects.filter(call=request.actor.scope)
    return get_object_or_404(meetings.select_related("call", "minutes"), pk=pk)


def _call(request: Request, pk: int) -> Call:
    """Return the call, for its network and for the chair of its committee."""
    if request.actor.role == "comite":
        return get_object_or_404(Call, pk=pk)
    return get_object_or_404(Call, pk=pk, network=request.actor.scope)


def _meeting(request: Request, pk: int) -> Meeting:
    visible = Meeting.objects.visible_to(request.actor)
    return get_object_or_404(visible.select_related("call__network", "minutes"), pk=pk)


def _url(request: Request, pk: int) -> str:
    return reverse(f"meetings:{request.actor.role}_meeting", args=[request.actor.key, pk])


def _minutes_url(request: Request, found: Meeting) -> str:
    """Return where to read the minutes, "" when there are none yet."""
    if not selectors.may_read_minutes(request.actor, found):
        return ""
    name = f"meetings:{request.actor.role}_minutes"
    return reverse(name, args=[request.actor.key, found.pk])


def _verbs(request: Request, found: Meeting) -> list[dict[str, object]]:
    refusals = {
        "end_meeting": rules.missing_to_end(found) if found.state == MeetingState.OPEN else [],
        "sign": rules.missing_to_sign(found),
    }
    slugs = {verb: slug for slug, (verb, _, _) in VERBS.items()}
    return [
        {
            "label": row.label,
            "url": reverse(
                f"meetings:{request.actor.role}_meeting_act",
                args=[request.actor.key, found.pk, slugs[row.verb]],
            ),
            "refused": " ".join(refusals.get(row.verb, [])),
            "danger": row.danger,
        }
        for row in found.workflow.verbs(found.state, request.actor.role)
    ]
