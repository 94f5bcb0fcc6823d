"""Set the rules of eligibility of a call."""

from typing import Any

from django.db import transaction

from explor.ground.common.actor import Actor
from explor.ground.common.conflict import Refused
from explor.ground.journal.actions import amend
from explor.journey.calls.models import Call
from explor.journey.calls.rules import missing_to_change
from explor.journey.calls.selectors import shared_with

from . import rules


@transaction.atomic
def set_rule(
    call: Call, *, by: Actor, code: str, on: bool, value: Any = True, seen: int | None = None
) -> Call:
    """Switch one rule on with its value, or off, for a call and those that share it."""
    if code not in rules.RULES:
        raise Refused("Cette règle n’existe pas.")
    kept = {key: held for key, held in call.eligibility.items() if key != code}
    changes = {"eligibility": {**kept, code: value} if on else kept}
    details = {"rule": code, "value": value if on else None}
    check = missing_to_change
    amend(call, "set_rule", by=by, seen=seen, check=check, changes=changes, details=details)
    for other in shared_with(call):
        amend(other, "set_rule", by=by, changes=changes, details=details)
    return call
