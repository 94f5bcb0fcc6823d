"""Jobs of the directory: news of followed searches."""

from django.utils import timezone
from procrastinate.contrib.django import app

from . import actions


@app.periodic(cron="35 6 * * *")
@app.task(name="directory.notify_followers")
def notify_followers(timestamp: int) -> None:
    """Send the news of followed searches, and forget the addresses that never confirmed."""
    now = timezone.now()
    actions.notify_followers(now)
    actions.forget_unconfirmed(now)
