"""Actions on the journey of a mission: depart, come back, and undo either recorded by mistake."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.workflow.constraints import integrity_errors_as
from explor.journey.proposals import actions as proposals
from explor.journey.releases import actions as releases
from explor.journey.releases.states import GRANTED

from .. import emails, rules
from ..models import Mission
from ..states import properties_of


@transaction.atomic
def depart(
    mission: Mission, *, by: Actor, on: date, expected_version: int | None = None
) -> Mission:
    """Record the day when the expert left.

    The parties are notified.

    Raises:
        EditConflict: the mission changed since `expected_version`.
    """
    today = timezone.localdate()

    def check(row: Mission) -> list[str]:
        return rules.missing_to_depart(row, on, today)

    proposals.lock_needs([mission.need_id])  # lock, so that nobody withdraws in the meantime
    audit.transition(
        mission,
        "depart",
        by=by,
        expected_version=expected_version,
        check=check,
        changes={"departed_on": on},
        details={"departed_on": on.isoformat()},
    )
    emails.moved(mission, "depart", f"Départ confirmé, le {on:%d/%m/%Y}", by=by)
    return mission


@transaction.atomic
def come_back(
    mission: Mission, *, by: Actor, on: date, expected_version: int | None = None
) -> Mission:
    """Record the day when the expert returned; the report is now awaited.

    The parties are notified.

    Raises:
        EditConflict: the mission changed since `expected_version`.
    """
    today = timezone.localdate()

    def check(row: Mission) -> list[str]:
        return rules.missing_to_return(row, on, today)

    audit.transition(
        mission,
        "come_back",
        by=by,
        expected_version=expected_version,
        check=check,
        changes={"returned_on": on, "ended_on": today},
        details={"returned_on": on.isoformat()},
    )
    hold_or_free_days(mission, by=by)
    emails.moved(mission, "come_back", f"Retour confirmé, le {on:%d/%m/%Y}", by=by)
    return mission


def undo_departure(
    mission: Mission, *, by: Actor, reason: str, expected_version: int | None = None
) -> Mission:
    """Undo a departure recorded by mistake: the mission is cleared again, before its departure.

    The parties are notified.

    Raises:
        ActionNotAllowed: later steps depend on the departure, see `rules.missing_to_undo`.
        EditConflict: the mission changed since `expected_version`.
    """
    return _undo(
        mission,
        "undo_departure",
        "Départ retiré",
        by=by,
        expected_version=expected_version,
        reason=reason,
        check=rules.missing_to_undo,
        changes={"departed_on": None},
    )


@transaction.atomic
def undo_return(
    mission: Mission, *, by: Actor, reason: str, expected_version: int | None = None
) -> Mission:
    """Undo a return recorded by mistake, or another end after the departure.

    The expert is away again, and the parties are notified. After an outcome, which invalidated the
    agreement, an amendment is generated for the parties to sign.

    Raises:
        ActionNotAllowed: see `rules.missing_to_undo_return`.
        EditConflict: the mission changed since `expected_version`.
    """
    cut_short = properties_of(mission.state).is_outcome
    _undo(
        mission,
        "undo_return",
        "Retour retiré",
        by=by,
        expected_version=expected_version,
        reason=reason,
        check=rules.missing_to_undo_return,
        changes={
            "returned_on": None,
            "ended_on": None,
            "cause": "",
            "cause_note": "",
            "sunk_cost": None,
        },
    )
    if cut_short and mission.release.state in GRANTED:
        releases.amend(mission.release, by=by, reason=f"L’interruption est retirée. {reason}")
    return mission


@transaction.atomic
def _undo(
    mission: Mission,
    verb: str,
    what: str,
    *,
    by: Actor,
    expected_version: int | None,
    reason: str,
    check: Callable[[Mission], list[str]],
    changes: dict[str, Any],
) -> Mission:
    """Erase the values that a verb recorded, and notify the parties with the reason.

    The journal keeps the erased values.
    """
    known = {name: getattr(mission, name) for name in changes}
    erased = {name: str(value) for name, value in known.items() if value not in (None, "")}
    with integrity_errors_as(Mission):
        audit.transition(
            mission,
            verb,
            by=by,
            expected_version=expected_version,
            reason=reason,
            check=check,
            changes=changes,
            details=erased,
        )
    hold_or_free_days(mission, by=by)
    emails.moved(mission, verb, what, reason, by=by)
    return mission


def hold_or_free_days(mission: Mission, *, by: Actor) -> None:
    """Make the proposal take the days of the mission, until the real return. Idempotent.

    A mission done remotely takes no day.
    """
    stay, proposal = mission.stay, mission.release.proposal
    since = mission.start if stay is None else None
    if mission.returned_on:
        since = mission.returned_on + timedelta(days=1)
    if since == proposal.free_from or not rules.holds_seat(mission):
        return
    if since is None:
        proposals.hold_days(proposal, by=by)
    else:
        proposals.free_days(proposal, by=by, since=since)
