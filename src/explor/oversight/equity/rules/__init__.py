"""Rules of the voluntary question to experts on their gender and age group.

They state which network may ask it, who may answer, when an answer may be saved, when rates by
group may be computed, and over which periods.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from explor.actors.experts.models import Expert
from explor.ground.http.actor import Actor

from ..models import EquitySwitch

MONTHS = (12, 24, 36)  # whole years: two periods never differ by one month
FIRST = timedelta(days=30)  # time to answer before answers are first counted
ANSWERS = 20  # minimum number of answers to count them
ERASED = "Votre réponse ne peut pas être gardée : "


def can_switch(actor: Actor, switch: EquitySwitch) -> bool:
    """Return whether `actor` works for the network whose voluntary question `switch` sets."""
    return actor.role == "reseau" and switch.network_id == actor.scope


def can_answer(actor: Actor, expert: Expert) -> bool:
    """Return whether `actor` is this expert, the only one who may answer or erase the answer."""
    return actor.role == "expert" and expert.person_id == actor.person


def months_offered(actor: Actor) -> tuple[int, ...]:
    """Return the lengths of period, in months, that `actor` may choose from.

    A network, which can read its own needs anyway, has several. The coordination has one only:
    subtracting one period from a longer one could isolate one person or one need.
    """
    return MONTHS if actor.role == "reseau" else MONTHS[:1]


def months_from(value: str | None, actor: Actor) -> int:
    """Return the number of months of a query parameter, if `actor` may choose this number.

    Any other value gives the first of `months_offered`.
    """
    offered = months_offered(actor)
    return int(value) if value in {str(each) for each in offered} else offered[0]


def missing_to_answer(switch: EquitySwitch, visible: bool) -> list[str]:
    """Return the reasons, in French, why an answer cannot be saved; empty when it can.

    Args:
        switch: whether the network asks the question, and since when.
        visible: whether the network sees the profile today.
    """
    missing = []
    if not switch.on:
        missing.append(ERASED + "le réseau ne pose plus cette question.")
    if not visible:
        missing.append(ERASED + "ce réseau ne voit plus votre profil.")
    return missing


def is_due(switch: EquitySwitch, ends: Sequence[date], start: date, today: date) -> bool:
    """Return whether rates by group may be saved today, over months that begin at `start`.

    The question must have been asked for `FIRST` at least. For privacy, two saved readings never
    share a month: if they differed by one proposal only, an officer would learn what that person
    answered.

    Args:
        switch: whether the network asks the question, and since when.
        ends: the first day after the months of each earlier reading.
        start: the first day of the new reading.
        today: the current day.
    """
    open_long_enough = switch.on and switch.since is not None and switch.since + FIRST <= today
    return open_long_enough and all(end <= start for end in ends)
