"""Jobs of the directory: emails to people who follow a search."""

from django.utils import timezone
from procrastinate.contrib.django import app

from . import actions


@app.periodic(cron="35 6 * * *")
@app.task(name="directory.notify_followers")
def notify_followers(timestamp: int) -> None:
    """Email, each morning, the new sheets of followed searches."""
    actions.notify_followers(timezone.now())
