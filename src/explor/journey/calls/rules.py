"""Who may set a call, and when one may file on it."""

from datetime import datetime

from explor.ground.common.actor import Actor

from .models import Call
from .states import State


def can_set(actor: Actor, call: Call) -> bool:
    """The officers of its network."""
    return actor.hat == "reseau" and call.network_id == actor.scope


def can(actor: Actor, verb: str, call: Call) -> bool:
    """May `actor` take `verb` on this call?"""
    return can_set(actor, call) and call.workflow.allows(call.state, verb, actor.hat)


def is_receiving(call: Call, at: datetime) -> bool:
    """True when a need may be filed: open, and between its dates to the minute."""
    closed = call.closes_at is not None and at >= call.closes_at
    return call.state == State.OPEN and call.opens_at <= at and not closed


def missing_to_open(call: Call) -> list[str]:
    """What a call cannot open without."""
    missing = []
    if not call.rolling and call.closes_at is None:
        missing.append("Donnez une date de clôture, ou choisissez un appel au fil de l’eau.")
    if not call.presentation:
        missing.append(
            "Présentez l’appel en quelques lignes : c’est ce que lisent les associations."
        )
    return missing
