"""Action that switches one eligibility rule of a call on or off."""

from typing import Any

from django.db import transaction

from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.journey.calls.actions import notify_change
from explor.journey.calls.models import Call
from explor.journey.calls.rules import missing_to_change
from explor.journey.calls.selectors import shared_with

from . import rules


@transaction.atomic
def set_rule(
    call: Call,
    *,
    by: Actor,
    code: str,
    on: bool,
    value: Any = True,
    expected_version: int | None = None,
) -> Call:
    """Switch the rule `code` on with `value`, or off, on a call and on the calls that follow it.

    These are the calls by which other networks take part in it. If the rule changed, the
    associations that prepare a need on one of these calls are notified.

    Raises:
        ActionNotAllowed: no rule has this code, or the call cannot change any more.
        EditConflict: the call changed since `expected_version`.
    """
    if code not in rules.RULES:
        raise ActionNotAllowed("Cette règle n’existe pas.")
    former = dict(call.eligibility)
    kept = {key: held for key, held in call.eligibility.items() if key != code}
    changes = {"eligibility": {**kept, code: value} if on else kept}
    details = {"rule": code, "value": value if on else None}
    check = missing_to_change
    audit.update(
        call,
        "set_rule",
        by=by,
        expected_version=expected_version,
        check=check,
        changes=changes,
        details=details,
    )
    followers = shared_with(call)
    for other in followers:
        audit.update(other, "set_rule", by=by, changes=changes, details=details)
    notify_change([call, *followers], _sentences(code, former, kept=changes["eligibility"]))
    return call


def _sentences(code: str, former: dict[str, Any], *, kept: dict[str, Any]) -> list[str]:
    """Return what became of a rule, in a sentence; [] when it is the same."""
    explain = rules.RULES[code].explain
    if former.get(code) == kept.get(code):
        return []
    if code not in kept:
        return [f"Cette condition ne vaut plus : {explain(former[code])}"]
    return [f"Une condition vaut désormais : {explain(kept[code])}"]
