"""Settle the counts about people, compute the public figures and store them, now or in a job."""

from datetime import date

from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from . import selectors
from .models import SettledFigures, Tally

SOON = 5  # seconds during which several changes lead to a single count
LOCK = "indicators"


@transaction.atomic
def count() -> int:
    """Settle the due counts about people, then compute and store all the public figures.

    The figures stored before are replaced.

    Returns:
        How many rows were stored.
    """
    with connection.cursor() as cursor:
        # Two counts at once, as after a worker was believed dead, would insert the same rows.
        cursor.execute("LOCK TABLE indicators_tally IN SHARE ROW EXCLUSIVE MODE")
    settle(timezone.localdate())
    at = timezone.now()
    rows = [
        Tally(year=year, network_id=network, figures=figures, computed_at=at)
        for (year, network), figures in selectors.compute().items()
    ]
    Tally.objects.all().delete()
    return len(Tally.objects.bulk_create(rows))


def settle(today: date) -> list[str]:
    """Store for ever the due counts about people; return the periods settled by this call."""
    due = selectors.to_settle(today)
    rows = [SettledFigures(period=period, figures=each) for period, each in due.items()]
    SettledFigures.objects.bulk_create(rows, ignore_conflicts=True)
    return list(due)


def count_soon() -> None:
    """Schedule a job that computes the figures in `SOON` seconds, unless one is scheduled."""
    job = app.configure_task(
        "indicators.count", lock=LOCK, queueing_lock=LOCK, schedule_in={"seconds": SOON}
    )
    try:
        with transaction.atomic():
            job.defer()
    except AlreadyEnqueued:
        return  # the job already scheduled will count this change too
