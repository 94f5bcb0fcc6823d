"""Who may ask the voluntary question, when an answer is kept, when answers are read."""

from collections.abc import Sequence
from datetime import date, timedelta

from explor.actors.experts.models import Expert
from explor.ground.http.actor import Actor

from ..models import EquitySwitch

MONTHS = (12, 24, 36)  # whole years, so that two periods never differ by one month
KEPT = timedelta(days=730)  # how long an answer is kept
FIRST = timedelta(days=30)  # time to answer before the first reading
ANSWERS = 20  # fewest answers for a reading
ERASED = "Votre réponse ne peut pas être gardée : "


def can_switch(actor: Actor, switch: EquitySwitch) -> bool:
    """Return whether `actor` is an officer of the network of the switch."""
    return actor.role == "reseau" and switch.network_id == actor.scope


def can_answer(actor: Actor, expert: Expert) -> bool:
    """Return whether `actor` is the person of this profile, who alone answers or erases."""
    return actor.role == "expert" and expert.person_id == actor.person


def months_from(typed: str | None) -> int:
    """Return the months given in the URL; the first offered value otherwise."""
    return int(typed) if typed in {str(each) for each in MONTHS} else MONTHS[0]


def missing_to_answer(switch: EquitySwitch, visible: bool) -> list[str]:
    """Return why an answer is not kept: the question is closed, or the profile is hidden.

    Args:
        switch: whether the network asks, and since when.
        visible: whether the network sees the profile today.
    """
    missing = []
    if not switch.on:
        missing.append(ERASED + "le réseau ne pose plus cette question.")
    if not visible:
        missing.append(ERASED + "ce réseau ne voit plus votre profil.")
    return missing


def is_due(switch: EquitySwitch, ends: Sequence[date], start: date, today: date) -> bool:
    """Return whether a reading of months that begin at `start` is due today.

    Two readings never share a month: if they differed by one proposal only, an officer would
    learn what that person answered.

    Args:
        switch: whether the network asks, and since when.
        ends: the first day after each earlier reading.
        start: the first day of this one.
        today: the day of the question.
    """
    open_long_enough = switch.on and switch.since is not None and switch.since + FIRST <= today
    return open_long_enough and all(end <= start for end in ends)
