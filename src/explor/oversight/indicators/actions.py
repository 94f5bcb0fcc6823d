"""The figures are reckoned anew."""

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from . import queries
from .models import Tally

SOON = 5  # seconds during which several changes are read together
LOCK = "indicators"


@transaction.atomic
def count() -> int:
    """Reckon all the figures and put them in place of the former ones; returns how many rows."""
    at = timezone.now()
    rows = [
        Tally(year=year, network_id=network, figures=figures, computed_at=at)
        for (year, network), figures in queries.reckon().items()
    ]
    Tally.objects.all().delete()
    return len(Tally.objects.bulk_create(rows))


def count_soon() -> None:
    """Have them reckoned in a few seconds, once for all that changes meanwhile."""
    job = app.configure_task(
        "indicators.count", lock=LOCK, queueing_lock=LOCK, schedule_in={"seconds": SOON}
    )
    try:
        with transaction.atomic():
            job.defer()
    except AlreadyEnqueued:
        return  # the one that waits will read this change too
