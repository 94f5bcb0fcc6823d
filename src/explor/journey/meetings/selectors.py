"""Database reads of meetings."""

from django.db.models import QuerySet

from explor.ground.http.actor import Actor
from explor.ground.ui import hooks
from explor.journey.calls.models import Call
from explor.journey.committees.models import Bylaws, CommitteeMember, Recusal

from . import rules
from .models import Meeting
from .rules import voting
from .states import CURRENT, MeetingState

hooks.define("meetings:unannounced", "callable(meeting) -> bool: a decision is still to announce")


def open_meeting(call: Call) -> Meeting | None:
    """Return the meeting in which the committee of a call votes now."""
    return Meeting.objects.filter(call=call, state=MeetingState.OPEN).first()


def current_meeting(call: Call) -> Meeting | None:
    """Return the meeting planned or open, else the last one."""
    meetings = Meeting.objects.filter(call=call)
    return meetings.filter(state__in=CURRENT).first() or meetings.first()


def attended(member: CommitteeMember) -> bool:
    """Return whether a member attended a meeting."""
    return Meeting.objects.filter(present=member).exists()


def quorum_of(meeting: Meeting, bylaws: Bylaws) -> dict[str, int | bool]:
    """Return how many members are present and seated, and how many are required."""
    seated = CommitteeMember.objects.filter(call=meeting.call_id).count()
    present, required = meeting.present.count(), voting.required_presence(seated, bylaws.presence)
    return {
        "present": present,
        "seated": seated,
        "required": required,
        "met": present >= required,
    }


def room_of(meeting: Meeting, need: int) -> voting.Room:
    """Return who may vote on a need in a meeting."""
    recused = Recusal.objects.filter(need=need).values("member")
    present = meeting.present.exclude(pk__in=recused).values_list("chair", flat=True)
    seated = CommitteeMember.objects.filter(call=meeting.call_id).exclude(pk__in=recused)
    return voting.Room(seated=seated.count(), present=len(present), chaired=any(present))


def may_read_minutes(actor: Actor, meeting: Meeting) -> bool:
    """Return whether `actor` may read the minutes of a meeting."""
    announced = not any(check(meeting) for check in hooks.get("meetings:unannounced"))
    return rules.can_read_minutes(actor, meeting, announced=announced)


def with_minutes(meetings: "QuerySet[Meeting]", actor: Actor) -> list[Meeting]:
    """Return the meetings whose minutes `actor` may read."""
    return [meeting for meeting in meetings if may_read_minutes(actor, meeting)]
