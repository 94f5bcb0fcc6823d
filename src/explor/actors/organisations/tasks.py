"""Jobs of membership."""

from datetime import UTC, datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from . import actions


@app.periodic(cron="40 5 * * *")
@app.task(name="organisations.watch")
def watch(timestamp: int) -> None:
    """Remind, each morning, those to verify within a month, and mark those that are late."""
    actions.watch(timezone.localdate(datetime.fromtimestamp(timestamp, UTC)))
