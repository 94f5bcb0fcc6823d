"""Who may lead a meeting and read its minutes, and what is missing for the next step."""

from collections.abc import Callable, Iterable

from explor.ground.http.actor import Actor
from explor.journey.calls.models import Call
from explor.journey.committees.rules import can_chair

from ..models import Meeting
from ..states import CURRENT, MeetingState


def can_plan(actor: Actor, call: Call) -> bool:
    """The network of the call, and the chair of its committee."""
    if actor.role == "comite":
        return can_chair(actor, call.pk)
    return actor.role == "reseau" and call.network_id == actor.scope


def can_lead(actor: Actor, verb: str, meeting: Meeting) -> bool:
    """The network of the call, and the chair of its committee, from the states of the table."""
    allowed = meeting.workflow.allows(meeting.state, verb, actor.role)
    return allowed and can_plan(actor, meeting.call)


def can_note_attendance(actor: Actor, meeting: Meeting) -> bool:
    """Those who lead, until the meeting ends: the minutes hold the attendance then."""
    return meeting.state in CURRENT and can_plan(actor, meeting.call)


def can_read_minutes(
    actor: Actor, meeting: Meeting, *, is_announced: Callable[[Meeting], bool]
) -> bool:
    """The network and the chair at once; other members once all its decisions are announced.

    Args:
        actor: the reader.
        meeting: the meeting.
        is_announced: returns whether every decision of a meeting is announced; it may read the
            database, so it is called only when its answer matters.
    """
    if meeting.minutes_id is None:
        return False
    if can_plan(actor, meeting.call):
        return True
    own = actor.role == "comite" and actor.scope == meeting.call_id
    return own and meeting.state == MeetingState.SIGNED and is_announced(meeting)


def is_current(states: Iterable[str]) -> bool:
    """Return whether a meeting is planned or open, among these states."""
    return any(state in CURRENT for state in states)


def missing_to_note_attendance(meeting: Meeting) -> list[str]:
    """Say why attendance no longer changes; empty until the meeting ends."""
    if meeting.state in CURRENT:
        return []
    return ["La séance n’est plus ouverte : les présences ne changent plus."]


def missing_to_end(meeting: Meeting) -> list[str]:
    """Say that nobody is noted as present."""
    if meeting.present.exists():
        return []
    return ["Notez d’abord qui est là."]


def missing_to_sign(meeting: Meeting) -> list[str]:
    """Say that the minutes are not drawn up: they are when the meeting ends."""
    return [] if meeting.minutes_id else ["Le procès-verbal n’est pas encore établi."]
