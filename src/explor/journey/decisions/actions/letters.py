"""Verbs on letters of announcement: write, schedule, unschedule, send."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

import structlog
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from explor.ground.audit import actions as audit
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.workflow.apart import each_apart
from explor.journey.calls.models import Call
from explor.journey.committees.selectors import bylaws_of

from .. import emails, rules, selectors
from ..models import Decision
from .locks import lock_decisions, refuse_tied

if TYPE_CHECKING:
    from django.db.models import QuerySet

logger = structlog.get_logger(__name__)

# A decision to announce, and the version of it that was read.
Letter = tuple[Decision, int | None]


def write_letter(
    decision: Decision, *, by: Actor, letter: str, expected_version: int | None = None
) -> Decision:
    """Change the reasons given to the association; a scheduled letter is unscheduled.

    Raises:
        ActionNotAllowed: see `rules.missing_to_write_letter`, or the officer acts or works for the
            association.
        EditConflict: the decision changed since `expected_version`.
    """
    refuse_tied(decision.need, by=by)
    changes = {"letter": letter, "announce_at": None}
    check = rules.missing_to_write_letter
    return audit.update(
        decision,
        "write_letter",
        by=by,
        expected_version=expected_version,
        check=check,
        changes=changes,
    )


@transaction.atomic
def schedule_announcement(letters: Iterable[Letter], *, by: Actor, at: datetime) -> None:
    """Schedule the sending of letters at `at`, which is not checked to be in the future.

    Raises:
        ActionNotAllowed: a letter cannot be sent, see `rules.missing_to_announce`, is sent already,
            or is for an association for which the officer acts or works.
        EditConflict: a decision changed since its letter was read.
        PermissionDenied: `by` is not an officer.
    """
    for decision, expected_version in _locked(letters):
        refuse_tied(decision.need, by=by)
        check, changes = rules.missing_to_announce, {"announce_at": at}
        audit.transition(
            decision,
            "schedule_announcement",
            by=by,
            expected_version=expected_version,
            check=check,
            changes=changes,
        )
    app.configure_task("decisions.announce_due", schedule_at=at).defer(
        timestamp=int(at.timestamp())
    )


@transaction.atomic
def unschedule_announcement(letters: Iterable[Letter], *, by: Actor, reason: str = "") -> None:
    """Cancel the scheduled sending of letters; the journal keeps the `reason`.

    Raises:
        ActionNotAllowed: a decision is not taken yet, or is announced already.
        EditConflict: a decision changed since the version paired with it.
        PermissionDenied: `by` is neither an officer nor the system.
    """
    for decision, expected_version in _locked(letters):
        audit.transition(
            decision,
            "unschedule_announcement",
            by=by,
            expected_version=expected_version,
            changes={"announce_at": None},
            reason=reason,
        )


@transaction.atomic
def unschedule_waiting(scheduled: "QuerySet[Decision]", *, by: Actor, reason: str = "") -> int:
    """Cancel the scheduled sending of letters, except of those sent before the lock was taken.

    Returns:
        How many were cancelled.
    """
    lock_decisions(scheduled)
    # Read again once locked: a letter sent meanwhile must not keep the others from being cancelled.
    waiting = [(each, None) for each in scheduled.filter(announce_at__isnull=False)]
    unschedule_announcement(waiting, by=by, reason=reason)
    return len(waiting)


def unschedule_all(call: Call, *, by: Actor) -> None:
    """Cancel the sending of every scheduled letter of a call."""
    unschedule_waiting(selectors.letters_of(call).filter(announce_at__isnull=False), by=by)


def _locked(letters: Iterable[Letter]) -> list[Letter]:
    chosen = list(letters)
    lock_decisions(Decision.objects.filter(pk__in=[decision.pk for decision, _ in chosen]))
    return chosen


@transaction.atomic
def announce(decision: Decision, *, by: Actor, expected_version: int | None = None) -> Decision:
    """Email the letter of a decision to the association; a favourable one opens a search.

    The search is that of an expert for the need. The days to appeal are saved as the bylaws give
    them today.

    Raises:
        ActionNotAllowed: see `rules.missing_to_announce`, or the decision is announced already, or
            the officer acts or works for the association.
        EditConflict: the decision changed since `expected_version`.
        PermissionDenied: `by` is neither an officer nor the system.
    """
    refuse_tied(decision.need, by=by)
    changes = {
        "announced_at": timezone.now(),
        "announce_at": None,
        "appeal_days": bylaws_of(decision.need.call).appeal_days,
    }
    audit.transition(
        decision,
        "announce",
        by=by,
        expected_version=expected_version,
        check=rules.missing_to_announce,
        changes=changes,
    )
    emails.announced(decision)
    return decision


def announce_due(now: datetime) -> int:
    """Send the letters due at `now`, and unschedule the letters that cannot be sent.

    Returns:
        How many letters were sent.

    Raises:
        ExceptionGroup: some letters failed for another reason; the others are sent.
    """

    def send(pk: int) -> int:
        decision = Decision.objects.select_for_update(of=("self",)).get(pk=pk)
        if decision.announce_at is None or decision.announce_at > now:
            return 0  # unscheduled or postponed while the other letters were sent
        try:
            announce(decision, by=SYSTEM)
        except ActionNotAllowed as refusal:
            logger.warning("letter_unscheduled", decision=pk, reasons=list(refusal.reasons))
            unschedule_announcement([(decision, None)], by=SYSTEM, reason=str(refusal))
            return 0
        return 1

    return each_apart(selectors.due(now), send, name="announce_due")
