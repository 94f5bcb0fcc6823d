"""Actions on a mission: prepare, clear, depart, come back, close, or end it otherwise.

The clearance is the network's permission to leave (« feu vert »).
"""

from datetime import date
from decimal import Decimal
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.travel_advice.models import Advice
from explor.ground.travel_advice.rules import Outcome
from explor.ground.workflow.constraints import integrity_errors_as
from explor.journey.proposals import actions as proposals
from explor.journey.releases.models import Release

from .. import emails, engine, rules
from ..models import ChecklistItem, Mission, Recheck
from ..states import BEFORE, State, outcome_of
from .travel import come_back, depart, hold_or_free_days, undo_departure, undo_return

__all__ = [
    "cancel",
    "clear",
    "close",
    "come_back",
    "depart",
    "follow_end",
    "follow_reading",
    "go_remote",
    "interrupt",
    "note_agreement",
    "open_mission",
    "postpone",
    "recheck",
    "suspend",
    "tick",
    "undo_departure",
    "undo_return",
]

logger = structlog.get_logger(__name__)


@transaction.atomic
def open_mission(release: Release, *, by: Actor = SYSTEM) -> Mission:
    """Create the mission of an approved release, with a checklist dated from the departure.

    Idempotent: when the mission exists, return it.
    """
    opened = Mission.objects.filter(release=release).first()
    if opened:
        return opened
    proposal = release.proposal
    need = proposal.need
    with integrity_errors_as(Mission):
        mission = Mission.objects.create(
            release=release,
            need=need,
            network=need.network,
            association=need.association,
            employer=release.employer,
            expert=proposal.expert,
            country=need.country,
            place=need.place,
            start=proposal.start,
            end=proposal.end,
            min_days=need.min_days,
            max_days=need.max_days,
        )
    ChecklistItem.objects.bulk_create(
        ChecklistItem(mission=mission, **line)
        for line in engine.checklist(mission.start, timezone.localdate())
    )
    audit.log(mission, "open_mission", by=by)
    emails.opened(mission)
    return mission


@transaction.atomic
def tick(
    item: ChecklistItem,
    *,
    by: Actor,
    done: bool,
    valid_until: date | None = None,
    note: str = "",
    expected_version: int | None = None,
) -> ChecklistItem:
    """Mark a checklist step as done or not done; for privacy, no copy of the paper is stored."""
    changes = {
        "done_at": timezone.now() if done else None,
        "done_by": str(by) if done else "",
        "valid_until": valid_until,
        "note": note,
    }
    audit.update(
        item,
        "tick",
        by=by,
        expected_version=expected_version,
        check=rules.missing_to_tick,
        changes=changes,
    )
    emails.ticked(item, by)
    return item


def note_agreement(release: Release) -> None:
    """Mark the agreement step as done, once every party has signed. Idempotent."""
    item = ChecklistItem.objects.filter(
        mission__release=release, mission__state__in=BEFORE, code="agreement", done_at=None
    ).first()
    if item:
        tick(item, by=SYSTEM, done=True)


def follow_end(release: Release) -> None:
    """Withdraw the clearance of a mission whose release ended. Idempotent."""
    mission = Mission.objects.filter(release=release, state=State.CLEARED).first()
    if mission:
        suspend(mission, by=SYSTEM, reason="La mise à disposition a pris fin.")


@transaction.atomic
def clear(
    mission: Mission,
    *,
    by: Actor,
    reason: str = "",
    override_by: str = "",
    expected_version: int | None = None,
) -> Mission:
    """Give the clearance, if nothing blocks or a named authority overrides red travel advice."""
    today = timezone.localdate()
    outcome = rules.advice_on(mission, today).outcome
    # Save the reasons only where advice requires them: they must not override a later red zone.
    changes: dict[str, Any] = {
        "cleared_at": timezone.now(),
        "override": reason if outcome in (Outcome.APPROVAL, Outcome.STOP) else "",
        "override_by": override_by if outcome == Outcome.STOP else "",
    }

    def check(row: Mission) -> list[str]:
        return rules.blockers_to_clear(row, today)

    audit.transition(
        mission,
        "clear",
        by=by,
        expected_version=expected_version,
        check=check,
        changes=changes,
        reason=reason,
    )
    emails.moved(mission, "clear", "Feu vert donné", reason)
    return mission


@transaction.atomic
def suspend(
    mission: Mission, *, by: Actor, reason: str, expected_version: int | None = None
) -> Mission:
    """Withdraw the clearance; the mission goes back to preparation."""
    changes = {"cleared_at": None, "override": "", "override_by": ""}
    audit.transition(
        mission, "suspend", by=by, expected_version=expected_version, reason=reason, changes=changes
    )
    emails.moved(mission, "suspend", "Feu vert retiré", reason)
    return mission


@transaction.atomic
def close(mission: Mission, *, by: Actor, expected_version: int | None = None) -> Mission:
    """Close the mission; the follow-up of its recommendations goes on."""
    audit.transition(
        mission,
        "close",
        by=by,
        expected_version=expected_version,
        check=rules.missing_to_close,
        changes={"closed_from": mission.state},
    )
    emails.moved(mission, "close", "Mission close")
    return mission


@transaction.atomic
def postpone(
    mission: Mission,
    *,
    by: Actor,
    start: date,
    end: date,
    reason: str,
    expected_version: int | None = None,
) -> Mission:
    """Move the mission to new dates, back in preparation; completed checklist steps stay done."""
    today = timezone.localdate()
    changes = {"start": start, "end": end, "cleared_at": None, "override": "", "override_by": ""}

    def check(row: Mission) -> list[str]:
        return rules.missing_to_move(row, start, end, today)

    with integrity_errors_as(Mission):
        audit.transition(
            mission,
            "postpone",
            by=by,
            expected_version=expected_version,
            reason=reason,
            check=check,
            changes=changes,
        )
    proposals.move(mission.release.proposal, by=by, start=start, end=end)
    dates = {line["code"]: line for line in engine.checklist(start, today)}
    items = list(mission.checklist.all())
    for item in items:
        for name in ("start_by", "due", "at_risk_from"):
            setattr(item, name, dates[item.code][name])
    ChecklistItem.objects.bulk_update(items, ["start_by", "due", "at_risk_from"])
    mission.rechecks.all().delete()
    emails.moved(mission, "postpone", f"Mission reportée au {start:%d/%m/%Y}", reason)
    return mission


@transaction.atomic
def cancel(
    mission: Mission, *, by: Actor, expected_version: int | None = None, **ending: Any
) -> Mission:
    """Cancel the mission, and record the money already spent.

    The expert's days and the seat of the need are free again, for a new search.
    """
    return _end(
        mission, "cancel", "Mission annulée", by=by, expected_version=expected_version, **ending
    )


def interrupt(
    mission: Mission, *, by: Actor, on: date, expected_version: int | None = None, **ending: Any
) -> Mission:
    """Interrupt a mission under way, and record its last day; the expert comes home early."""
    return _end(
        mission,
        "interrupt",
        f"Mission interrompue le {on:%d/%m/%Y}",
        by=by,
        expected_version=expected_version,
        returned_on=on,
        **ending,
    )


def go_remote(
    mission: Mission, *, by: Actor, expected_version: int | None = None, **ending: Any
) -> Mission:
    """Record that the mission is done remotely, without travel, and why."""
    return _end(
        mission,
        "go_remote",
        "Mission faite à distance",
        by=by,
        expected_version=expected_version,
        **ending,
    )


@transaction.atomic
def _end(
    mission: Mission,
    verb: str,
    what: str,
    *,
    by: Actor,
    expected_version: int | None,
    cause: str,
    reason: str,
    sunk_cost: Decimal | None = None,
    returned_on: date | None = None,
) -> Mission:
    today = timezone.localdate()
    changes: dict[str, Any] = {"cause": cause, "cause_note": reason, "sunk_cost": sunk_cost}
    changes |= {"returned_on": returned_on, "ended_on": today}

    def check(row: Mission) -> list[str]:
        return rules.missing_to_return(row, returned_on, today) if returned_on else []

    if frees := outcome_of(verb).frees_seat:
        proposals.lock_needs([mission.need_id])  # first, as every verb that takes or frees a seat
    with integrity_errors_as(Mission):
        audit.transition(
            mission,
            verb,
            by=by,
            expected_version=expected_version,
            reason=reason,
            check=check,
            changes=changes,
            details={"returned_on": str(returned_on)} if returned_on else {},
        )
    emails.moved(mission, verb, what, reason)
    # After a withdrawal, the seat and the days are free already.
    if frees and rules.holds_seat(mission):
        proposals.free(mission.release.proposal, by=by, reason=reason)
    elif not frees:
        hold_or_free_days(mission, by=by)
    return mission


def follow_reading(advice: Advice) -> None:
    """Suspend the cleared missions that new travel advice on their country forbids.

    Idempotent.
    """
    today = timezone.localdate()
    cleared = Mission.objects.filter(state=State.CLEARED, country=advice.country).order_by("pk")
    for mission in cleared:
        verdict = rules.advice_on(mission, today)
        if rules.is_stopped(mission, verdict):
            _suspend_if_cleared(mission, verdict.sentence)


def _suspend_if_cleared(mission: Mission, reason: str) -> None:
    """Suspend a mission, unless somebody moved it since it was read: the others follow."""
    try:
        suspend(mission, by=SYSTEM, reason=reason)
    except ActionNotAllowed:
        logger.info("mission_not_suspended", mission=mission.pk)


@transaction.atomic
def recheck(mission: Mission, *, days_before: int) -> Recheck | None:
    """Check the mission again, and suspend it if it is cleared and travel advice now forbids it."""
    today = timezone.localdate()
    done, made = Recheck.objects.get_or_create(
        mission=mission,
        days_before=days_before,
        defaults={"blockers": rules.blockers_to_clear(mission, today)},
    )
    if not made:
        return None
    advice = rules.advice_on(mission, today)
    if mission.state == State.CLEARED and rules.is_stopped(mission, advice):
        _suspend_if_cleared(mission, advice.sentence)
    elif done.blockers:
        left = (mission.start - today).days
        emails.moved(mission, "recheck", f"À J-{left}, il manque", "\n".join(done.blockers))
    return done
