"""Permissions on meetings and their minutes, and what prevents each action on a meeting."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.ui import hooks
from explor.journey.calls.models import Call
from explor.journey.committees.rules import can_chair

from ..models import Meeting
from ..states import CURRENT, MeetingState

# How far from its planned time a meeting may open: the minutes give the planned time.
AROUND = timedelta(hours=12)

hooks.define("meetings:ending", "callable(meeting) -> list[str]: why a meeting cannot end")


def can_plan(actor: Actor, call: Call) -> bool:
    """Return whether `actor` acts for the network of the call, or chairs its committee."""
    if actor.role == "comite":
        return can_chair(actor, call.pk)
    return actor.role == "reseau" and call.network_id == actor.scope


def can_lead(actor: Actor, verb: str, meeting: Meeting) -> bool:
    """Return whether `actor`, for the network or as chair, may take `verb` in the present state."""
    allowed = meeting.workflow.allows(meeting.state, verb, actor.role)
    return allowed and can_plan(actor, meeting.call)


def can_note_attendance(actor: Actor, meeting: Meeting) -> bool:
    """Return whether `actor` acts for the network or chairs, and the meeting is planned or open."""
    return meeting.state in CURRENT and can_plan(actor, meeting.call)


def can_read_minutes(
    actor: Actor, meeting: Meeting, *, is_announced: Callable[[Meeting], bool]
) -> bool:
    """Return whether `actor` may read the minutes of a meeting.

    The network and the chair may once the minutes exist; other members, once the minutes are signed
    and every decision of the meeting is announced.

    Args:
        actor: the reader.
        meeting: the meeting.
        is_announced: returns whether every decision of a meeting is announced; it may query the
            database, so it is called only when its result matters.
    """
    if meeting.minutes_id is None:
        return False
    if can_plan(actor, meeting.call):
        return True
    own = actor.role == "comite" and actor.scope == meeting.call_id
    return own and meeting.state == MeetingState.SIGNED and is_announced(meeting)


def is_current(states: Iterable[str]) -> bool:
    """Return whether one of `states` is planned or open."""
    return any(state in CURRENT for state in states)


def missing_to_note_attendance(meeting: Meeting) -> list[str]:
    """Return why attendance can no longer change, empty while the meeting is planned or open."""
    if meeting.state in CURRENT:
        return []
    return ["La séance n’est plus ouverte : les présences ne changent plus."]


def missing_to_plan(on: datetime) -> list[str]:
    """Return why a meeting cannot be planned at a moment (more than 12 hours ago), else []."""
    if on >= timezone.now() - AROUND:
        return []
    return ["Cette date est passée : une séance se convoque pour aujourd’hui ou un jour à venir."]


def missing_to_start(meeting: Meeting) -> list[str]:
    """Return why a meeting cannot open for votes (over 12 hours from its planned time), else []."""
    if abs(timezone.now() - meeting.on) <= AROUND:
        return []
    planned = timezone.localtime(meeting.on)
    return [
        f"Les membres sont convoqués le {planned:%d/%m/%Y à %H h %M} : la séance s’ouvre au plus "
        "douze heures avant ou après. Annulez-la et prévoyez-en une autre."
    ]


def missing_to_end(meeting: Meeting) -> list[str]:
    """Return why a meeting cannot end, empty when it can.

    Reasons: nobody chairs, so nobody could sign the minutes; nobody is noted as present; or the
    votes contradict the presence, which the minutes would show.
    """
    if not meeting.call.committee.filter(chair=True).exists():
        return ["Nommez d’abord qui préside le comité : cette personne signe le procès-verbal."]
    if not meeting.present.exists():
        return ["Notez d’abord qui est là."]
    return [reason for ask in hooks.get("meetings:ending") for reason in ask(meeting)]


def missing_to_sign(meeting: Meeting) -> list[str]:
    """Return a reason when the minutes to sign are not generated yet; empty otherwise."""
    return [] if meeting.minutes_id else ["Le procès-verbal n’est pas encore établi."]
