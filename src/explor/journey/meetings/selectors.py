"""Database queries on meetings."""

from collections.abc import Iterable

from django.db.models import QuerySet

from explor.ground.http.actor import Actor
from explor.ground.ui import hooks
from explor.journey.calls.models import Call
from explor.journey.committees.models import CommitteeMember, Recusal

from . import rules
from .models import Meeting
from .rules import voting
from .states import CURRENT, MeetingState

hooks.define("meetings:unannounced", "callable(meeting) -> bool: a decision is still to announce")


def open_meeting(call: Call) -> Meeting | None:
    """Return the meeting of the committee that is open for votes, None when there is none."""
    return Meeting.objects.filter(call=call, state=MeetingState.OPEN).first()


def is_voting(call: Call) -> bool:
    """Return whether a meeting of the committee is open for votes."""
    return open_meeting(call) is not None


def current_meeting(call: Call) -> Meeting | None:
    """Return the planned or open meeting of a committee, else the latest one, or None."""
    meetings = Meeting.objects.filter(call=call)
    return meetings.filter(state__in=CURRENT).first() or meetings.first()


def attended(member: CommitteeMember) -> bool:
    """Return whether a member attended any meeting."""
    return Meeting.objects.filter(present=member).exists()


def voters_for(meeting: Meeting, need: int) -> voting.VoterCounts:
    """Return how many members may vote on a need (primary key) in a meeting, in all and present."""
    recused = Recusal.objects.filter(need=need).values("member")
    present = meeting.present.exclude(pk__in=recused).values_list("chair", flat=True)
    seated = CommitteeMember.objects.filter(call=meeting.call_id).exclude(pk__in=recused)
    return voting.VoterCounts(seated=seated.count(), present=len(present), chaired=any(present))


def may_read_minutes(actor: Actor, meeting: Meeting) -> bool:
    """Return whether `actor` may read the minutes of a meeting."""
    return rules.can_read_minutes(actor, meeting, is_announced=_is_announced)


def with_minutes(meetings: Iterable[Meeting], actor: Actor) -> list[Meeting]:
    """Return the meetings whose minutes `actor` may read."""
    return [meeting for meeting in meetings if may_read_minutes(actor, meeting)]


def _is_announced(meeting: Meeting) -> bool:
    return not any(check(meeting) for check in hooks.get("meetings:unannounced"))


def signed_minutes() -> "QuerySet[Meeting]":
    """Return the meetings with signed minutes, which an erasure does not change."""
    return Meeting.objects.filter(state=MeetingState.SIGNED)
