"""The nightly job that erases the data of people nominated 60 days ago."""

from django.utils import timezone
from procrastinate.contrib.django import app

from . import actions


@app.periodic(cron="40 3 * * *")
@app.task(name="nominations.erase_old")
def erase_old(timestamp: int) -> None:
    actions.erase_old(timezone.now())
