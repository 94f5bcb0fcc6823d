"""Reminders of the employers that have not answered: weekly, or by the hour when it is urgent."""

from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.http.actor import SYSTEM
from explor.journey.proposals.states import State as ProposalState

from .. import emails
from ..models import Release, ReleaseQuerySet
from ..states import State
from .apart import each_apart

SOON = timedelta(days=5)  # an employer is reminded from that time before the day hoped for
EVERY = timedelta(days=7)
# Parts of the time to answer an urgent request that are left at each reminder.
URGENT_PACE = (1 / 2, 1 / 8, 0)


def _waiting() -> ReleaseQuerySet:
    return Release.objects.filter(
        state=State.REQUESTED, employer__isnull=False, proposal__state=ProposalState.AGREED
    )


def remind_employers(today: date) -> int:
    """Remind each employer that has not answered, weekly; return how many were reminded.

    While an urgent answer is not overdue, `remind_urgent` reminds the employer instead.
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
    """Remind the employers of urgent requests at their pace; return how many were reminded.

    That is at half of the time to answer, near its end, then once it is over: the network is then
    told too, since this silence is no consent. Idempotent: what was sent is counted on the row.
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
    """Return how many reminders of an urgent request are due at a moment; 0 for any other."""
    if release.urgent_at is None or release.answer_at is None:
        return 0
    given, left = release.answer_at - release.urgent_at, release.answer_at - now
    return sum(left <= given * part for part in URGENT_PACE)
