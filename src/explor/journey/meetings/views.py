"""Pages of the meetings of a committee, the same for the network and for the chair."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.ground.files.views.files import download
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.workflow.pages import Verb, VerbPages
from explor.journey.calls.models import Call
from explor.journey.committees.pages import voting_rules
from explor.journey.committees.selectors import bylaws_of, members_of

from . import actions, pages, rules, selectors
from .forms import AttendanceForm, MeetingForm
from .models import Meeting
from .rules import voting
from .states import MEETING, MeetingState

TONES = {
    MeetingState.PLANNED: "neutral",
    MeetingState.OPEN: "info",
    MeetingState.CLOSED: "warn",
    MeetingState.SIGNED: "good",
    MeetingState.CANCELLED: "neutral",
}


def load_call(request: Request, pk: int) -> Call:
    """Return the call `pk` of the network or committee of the request, or raise 404."""
    if request.actor.role == "comite":
        return get_object_or_404(Call.objects.filter(pk=request.actor.scope or 0), pk=pk)
    return get_object_or_404(Call, pk=pk, network=request.actor.scope)


def load(request: Request, pk: int) -> Meeting:
    """Return the meeting `pk` that the network or the chair leads, or raise 404."""
    visible = Meeting.objects.visible_to(request.actor)
    return get_object_or_404(visible.select_related("call__network", "minutes"), pk=pk)


PLANS = VerbPages(
    "meetings",
    "appels/<int:pk>/seances/",
    load=load_call,
    back=pages.url_before_planning,
    crumb=lambda call: call.title,
    verbs=(
        Verb(
            actions.plan_meeting,
            "",
            url_name="plan",
            label="Convoquer le comité",
            title="Prévoir une séance",
            form=MeetingForm,
            can=rules.can_plan,
            effects=pages.effects_of_plan_meeting,
            leads_to_result=pages.url_of,
            done=pages.done_of_plan_meeting,
        ),
    ),
)

VERBS = VerbPages(
    "meetings",
    "seances/<int:pk>/",
    load=load,
    back=pages.url_of,
    workflow=MEETING,
    can=rules.can_lead,
    verbs=(
        Verb(
            actions.start_meeting,
            "ouvrir",
            blockers=pages.blockers_of_start_meeting,
            effects=pages.effects_of_start_meeting,
            done="La séance est ouverte.",
        ),
        Verb(
            actions.end_meeting,
            "clore",
            blockers=pages.blockers_of_end_meeting,
            effects=pages.effects_of_end_meeting,
            done="La séance est close. Le procès-verbal est à signer.",
        ),
        Verb(
            actions.sign,
            "signer",
            blockers=pages.blockers_of_sign,
            effects=pages.effects_of_sign,
            done="Le procès-verbal est signé.",
        ),
        Verb(
            actions.reopen,
            "rouvrir",
            effects=pages.effects_of_reopen,
            done="La séance est rouverte. Le procès-verbal est annulé.",
        ),
        Verb(
            actions.cancel,
            "annuler",
            effects=pages.effects_of_cancel,
            done=pages.done_of_cancel,
        ),
        Verb(
            actions.note_attendance,
            "presences",
            url_name="attendance",
            label="Noter les présences",
            title="Qui est là ?",
            form=AttendanceForm,
            can=rules.can_note_attendance,
            done="Les présences sont notées.",
            button=False,
        ),
    ),
)


def meeting(request: Request, pk: int) -> HttpResponse:
    """Show the members present, the quorum, the needs to decide and the possible actions."""
    instance = load(request, pk)
    bylaws, members = bylaws_of(instance.call), list(members_of(instance.call))
    present = set(instance.present.values_list("pk", flat=True))
    context = {
        "meeting": instance,
        "call": instance.call,
        "needs": pages.needs_of(request, instance, bylaws),
        "signs": pages.signs_of(request, instance, bylaws),
        "members": members,
        "present": present,
        "quorum": voting.quorum(seated=len(members), present=len(present), bylaws=bylaws),
        "vote": voting_rules(bylaws),
        "verbs": VERBS.buttons(request.actor, instance),
        "minutes": _minutes_url(request, instance),
        "tone": TONES[MeetingState(instance.state)],
    }
    return render_page(request, "meetings/meeting.html", context)


def minutes(request: Request, pk: int) -> HttpResponseBase:
    """Download the minutes, or raise 404 when there are none or the actor may not read them."""
    instance = _readable(request, pk)
    if instance.minutes is None or not selectors.may_read_minutes(request.actor, instance):
        raise Http404
    return download(instance.minutes, by=request.actor)


def _readable(request: Request, pk: int) -> Meeting:
    """Return the meeting `pk` of the network or committee of the request, or raise 404."""
    meetings = Meeting.objects.visible_to(request.actor)
    if request.actor.role == "comite":
        meetings = Meeting.objects.filter(call=request.actor.scope)
    return get_object_or_404(meetings.select_related("call", "minutes"), pk=pk)


def _minutes_url(request: Request, instance: Meeting) -> str:
    """Return the URL of the minutes, "" when there are none yet or the user may not read them."""
    if not selectors.may_read_minutes(request.actor, instance):
        return ""
    name = f"meetings:{request.actor.role}_minutes"
    return reverse(name, args=[request.actor.key, instance.pk])
