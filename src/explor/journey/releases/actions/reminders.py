"""Reminders to employers that have not answered: weekly, or in hours for an urgent request."""

from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.http.actor import SYSTEM
from explor.ground.workflow.apart import each_apart
from explor.journey.proposals.states import State as ProposalState

from .. import emails
from ..models import Release, ReleaseQuerySet
from ..states import State

SOON = timedelta(days=5)  # time before the target day of the answer at which reminders start
EVERY = timedelta(days=7)
# Fraction of the time to answer an urgent request that is left at each reminder.
URGENT_PACE = (1 / 2, 1 / 8, 0)


def _waiting() -> ReleaseQuerySet:
    return Release.objects.filter(
        state=State.REQUESTED, employer__isnull=False, proposal__state=ProposalState.AGREED
    )


def remind_employers(today: date) -> int:
    """Remind each employer that has not answered, weekly; return how many were reminded.

    Reminders start 5 days before the day by which the answer is expected (`answer_by`). Before the
    deadline of an urgent request, `remind_urgent` reminds the employer instead.
    """
    by_day = _waiting().filter(Q(answer_at=None) | Q(answer_at__lte=timezone.now()))
    due = by_day.filter(answer_by__lte=today + SOON).exclude(reminded_on__gt=today - EVERY)

    def remind(release: Release) -> int:
        former = release.reminded_on
        audit.update(release, "remind", by=SYSTEM, changes={"reminded_on": today})
        emails.reminder(release, former)
        return 1

    return each_apart(due.order_by("pk"), remind, name="remind_employers")


def remind_urgent(now: datetime) -> int:
    """Remind the employers of urgent requests; return how many were reminded.

    Reminders are sent at half of the time to answer, near its end, then once the answer is overdue.
    The overdue reminder also goes to the network, since this silence is not consent. Idempotent:
    the number of reminders sent is saved on the release.
    """
    waiting = _waiting().filter(answer_at__isnull=False, urgent_reminders__lt=len(URGENT_PACE))

    def remind(release: Release) -> int:
        sent = steps_due(release, now)
        if sent <= release.urgent_reminders:
            return 0
        changes = {"urgent_reminders": sent, "reminded_on": timezone.localdate(now)}
        audit.update(release, "remind", by=SYSTEM, changes=changes)
        emails.urgent_reminder(release, overdue=sent == len(URGENT_PACE))
        return 1

    return each_apart(waiting.order_by("pk"), remind, name="remind_urgent")


def steps_due(release: Release, now: datetime) -> int:
    """Return how many reminders of an urgent request are due by `now` in all; 0 if not urgent."""
    if release.urgent_at is None or release.answer_at is None:
        return 0
    given, left = release.answer_at - release.urgent_at, release.answer_at - now
    return sum(left <= given * part for part in URGENT_PACE)
