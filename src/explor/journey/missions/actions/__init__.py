"""Actions on a mission: open, clear, suspend, close, cancel, interrupt, go remote, recheck.

Others apply to it the changes of its release and of travel advice. Each raises `ActionNotAllowed`
when its state or a rule refuses it, `EditConflict` when it changed since `expected_version`. The
clearance is the network's permission to leave (« feu vert »).
"""

from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.audit.models import Entry
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.travel_advice.models import Advice
from explor.ground.travel_advice.rules import Outcome
from explor.ground.workflow.constraints import integrity_errors_as
from explor.journey.leave_readings.models import KeptReading
from explor.journey.proposals import actions as proposals
from explor.journey.releases import actions as releases
from explor.journey.releases.models import Release

from .. import emails, engine, rules
from ..models import ChecklistItem, Mission, Recheck
from ..states import State, outcome_of
from .checklist import forget_agreement, note_agreement, tick
from .dates import postpone
from .reminders import remind_days
from .takeover import MissionBefore, take_over
from .travel import come_back, depart, hold_or_free_days, undo_departure, undo_return

__all__ = [
    "MissionBefore",
    "cancel",
    "clear",
    "close",
    "close_without_report",
    "come_back",
    "depart",
    "follow_employer",
    "follow_end",
    "follow_reading",
    "go_remote",
    "interrupt",
    "note_agreement",
    "open_mission",
    "postpone",
    "recheck",
    "remind_days",
    "suspend",
    "take_over",
    "tick",
    "undo_departure",
    "undo_return",
]

logger = structlog.get_logger(__name__)


@transaction.atomic
def open_mission(release: Release, *, by: Actor = SYSTEM) -> Mission:
    """Return the mission of an approved release, created with its checklist if there is none yet.

    The dates of the checklist steps are computed from the departure. The parties of a new mission
    are notified by email.

    Raises:
        ActionNotAllowed: the release is no longer granted, as this job may run late.
    """
    opened = Mission.objects.filter(release=release).first()
    if opened:
        return opened
    if missing := rules.missing_to_open(release):
        raise ActionNotAllowed(*missing)
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
def follow_employer(release: Release) -> None:
    """Copy the employer that a release has gained to its mission. Idempotent.

    The agreement is to sign again, with this employer: its checklist step is unticked and a cleared
    mission is suspended. Do nothing when the mission already has an employer.
    """
    mission = Mission.objects.filter(release=release, employer=None).first()
    if mission is None or release.employer is None:
        return
    audit.update(mission, "follow_employer", by=SYSTEM, changes={"employer": release.employer})
    forget_agreement(release)
    if mission.state == State.CLEARED:
        suspend(mission, by=SYSTEM, reason="L’accord de l’employeur est à donner.")


def follow_end(release: Release) -> None:
    """Untick the agreement step of the mission of an ended release; suspend a cleared mission."""
    forget_agreement(release)
    mission = Mission.objects.filter(release=release, state=State.CLEARED).first()
    if mission:
        suspend(mission, by=SYSTEM, reason="Le départ n’est plus accordé.")


@transaction.atomic
def clear(
    mission: Mission,
    *,
    by: Actor,
    reason: str = "",
    override_by: str = "",
    expected_version: int | None = None,
) -> Mission:
    """Give the mission its clearance, and notify its parties by email.

    Args:
        reason: the justification, saved only in an orange zone, a red zone or a closed country.
        override_by: the authority, with its function, that allows a red zone or closed country.

    Raises:
        ActionNotAllowed: `by` is the expert, the preparation is incomplete, or advice forbids it.
        EditConflict: the mission changed since `expected_version`.
    """
    today = timezone.localdate()
    outcome = rules.advice_on(mission, today).outcome
    # Save the reasons only where advice requires them: they must not override a later red zone.
    changes: dict[str, Any] = {
        "cleared_at": timezone.now(),
        "override": reason if outcome in (Outcome.APPROVAL, Outcome.STOP) else "",
        "override_by": override_by if outcome == Outcome.STOP else "",
    }

    audit.transition(
        mission,
        "clear",
        by=by,
        expected_version=expected_version,
        check=lambda row: rules.own_seat(by, row.expert) + rules.blockers_to_clear(row, today),
        changes=changes,
        reason=reason,
    )
    releases.keep_reading(mission.release, KeptReading.Act.CLEAR)
    emails.moved(mission, "clear", "Feu vert donné", reason, by=by)
    return mission


@transaction.atomic
def suspend(
    mission: Mission, *, by: Actor, reason: str, expected_version: int | None = None
) -> Mission:
    """Withdraw the clearance and its override; the mission goes back to preparation.

    The parties are notified. Raises EditConflict: the mission changed since `expected_version`.
    """
    changes = {"cleared_at": None, "override": "", "override_by": ""}
    audit.transition(
        mission, "suspend", by=by, expected_version=expected_version, reason=reason, changes=changes
    )
    emails.moved(mission, "suspend", "Feu vert retiré", reason, by=by)
    return mission


@transaction.atomic
def close(mission: Mission, *, by: Actor, expected_version: int | None = None) -> Mission:
    """Close the mission; its recommendations can still be updated.

    The parties are notified. Raises EditConflict: the mission changed since `expected_version`.
    """
    audit.transition(
        mission,
        "close",
        by=by,
        expected_version=expected_version,
        check=rules.missing_to_close,
        changes={"closed_from": mission.state},
    )
    emails.moved(mission, "close", "Mission close", by=by)
    return mission


@transaction.atomic
def close_without_report(
    mission: Mission, *, by: Actor, reason: str, expected_version: int | None = None
) -> Mission:
    """Close a mission whose report never came; the expert can still submit it later.

    The parties are notified. Raises EditConflict: the mission changed since `expected_version`.
    """
    audit.transition(
        mission,
        "close_without_report",
        by=by,
        expected_version=expected_version,
        reason=reason,
        check=lambda row: (
            rules.own_seat(by, row.expert) + rules.missing_to_close_without_report(row)
        ),
        changes={"closed_from": mission.state},
    )
    what = "Mission close sans compte rendu"
    emails.moved(mission, "close_without_report", what, reason, by=by)
    return mission


@transaction.atomic
def cancel(
    mission: Mission, *, by: Actor, expected_version: int | None = None, **ending: Any
) -> Mission:
    """Cancel the mission before departure, and free the expert's days and the seat of the need.

    The agreement is no longer valid; the parties are notified. Raises EditConflict: see `suspend`.

    Args:
        ending: `cause` (a code), `reason`, `sunk_cost` (lost expenses in euros, None if unknown).
    """
    return _end(
        mission, "cancel", "Mission annulée", by=by, expected_version=expected_version, **ending
    )


def interrupt(
    mission: Mission, *, by: Actor, on: date, expected_version: int | None = None, **ending: Any
) -> Mission:
    """Interrupt a mission under way, and record its last day; the days after it are free.

    The agreement is no longer valid; the parties are notified. Raises EditConflict: see `suspend`.

    Args:
        ending: `cause` (a code), `reason`, `sunk_cost` (lost expenses in euros, None if unknown).
    """
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
    """Record before departure that the mission is done remotely, and free the expert's days.

    The agreement is no longer valid; the parties are notified. Raises EditConflict: see `suspend`.

    Args:
        ending: `cause` (a code), `reason`, `sunk_cost` (lost expenses in euros, None if unknown).
    """
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
    check = partial(rules.missing_to_end, verb=verb, returned_on=returned_on, today=today)
    frees = outcome_of(verb).frees_seat
    proposals.lock_needs([mission.need_id])  # first, as in each verb on which a seat depends
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
    emails.ended(mission, verb, what, reason)
    releases.set_aside(mission.release, by=by, why=f"{what}.", reason=reason)
    # After a withdrawal, the seat and the days are free already.
    if frees and rules.holds_seat(mission):
        proposals.free(mission.release.proposal, by=by, reason=reason)
    elif not frees:
        hold_or_free_days(mission, by=by)
    return mission


def follow_reading(advice: Advice) -> None:
    """Stop the missions to a country that new travel advice forbids. Idempotent.

    A mission whose days have not begun is suspended; the parties of another are warned by email. A
    mission with an override by a named authority is left as it is.
    """
    today = timezone.localdate()
    missions = Mission.objects.filter(state__in=rules.STOPPABLE, country=advice.country)
    for mission in missions.order_by("pk"):
        verdict = rules.advice_on(mission, today)
        if rules.is_stopped(mission, verdict):
            _stop(mission, verdict.sentence, today)


def _stop(mission: Mission, sentence: str, today: date) -> None:
    """Suspend a mission that travel advice forbids, or warn its parties once the days have begun.

    The person may then be abroad, whether the departure is recorded or not: a suspended mission
    would be missing from the board of those abroad, and its departure could not be recorded.
    """
    if rules.may_have_left(mission, today):
        _warn_of_advice(mission, sentence)
    else:
        _suspend_if_cleared(mission, sentence)


@transaction.atomic
def _warn_of_advice(mission: Mission, sentence: str) -> None:
    """Email the parties of a mission what travel advice forbids now, once for each sentence."""
    Mission.objects.select_for_update(of=("self",)).get(pk=mission.pk)
    warnings = Entry.objects.about(mission).filter(verb="warn_of_advice", reason=sentence)
    if warnings.exists():
        return
    audit.log(mission, "warn_of_advice", by=SYSTEM, reason=sentence)
    emails.warned(mission, sentence)


def _suspend_if_cleared(mission: Mission, reason: str) -> None:
    """Suspend a mission; if it is no longer cleared, log that and raise nothing."""
    try:
        suspend(mission, by=SYSTEM, reason=reason)
    except ActionNotAllowed:
        logger.info("mission_not_suspended", mission=mission.pk)


@transaction.atomic
def recheck(mission: Mission, *, days_before: int) -> Recheck | None:
    """Save a check of a mission's blockers, and stop a cleared mission that travel advice forbids.

    It is then suspended or, once its days have begun, its parties are warned. Otherwise the
    blockers, if any, are emailed to the parties.

    Args:
        days_before: 15, 3 or 0, the number of days before the departure when the check is due.

    Returns:
        The check, or None when it was already made.
    """
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
        _stop(mission, advice.sentence, today)
    elif done.blockers:
        left = (mission.start - today).days
        emails.missing(mission, left, done.blockers)
    return done
