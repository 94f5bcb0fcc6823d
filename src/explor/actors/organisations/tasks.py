"""The daily job that watches the dates of yearly checks of organisations."""

from datetime import UTC, datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from . import actions


@app.periodic(cron="40 5 * * *")
@app.task(name="organisations.watch")
def watch(timestamp: int) -> None:
    """Remind organisations of a check due within a month, and mark overdue checks."""
    actions.watch(timezone.localdate(datetime.fromtimestamp(timestamp, UTC)))
