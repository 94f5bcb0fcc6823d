"""Jobs of the directory: planned publications, reminders, news for those who follow a search."""

from datetime import UTC, datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from . import actions


@app.periodic(cron="5 5 * * *")
@app.task(name="directory.publish_planned")
def publish_planned(timestamp: int) -> None:
    """Each morning, before anyone reads."""
    actions.publish_planned(timezone.localdate(datetime.fromtimestamp(timestamp, UTC)))


@app.periodic(cron="35 6 * * *")
@app.task(name="directory.tell_followers")
def tell_followers(timestamp: int) -> None:
    """Before the letters of the day leave."""
    now = timezone.now()
    actions.tell_followers(now)
    actions.forget_unconfirmed(now)


@app.periodic(cron="25 6 * * *")
@app.task(name="directory.remind")
def remind(timestamp: int) -> None:
    """Sheets that nobody confirmed for a year."""
    actions.remind(timezone.localdate(datetime.fromtimestamp(timestamp, UTC)))
