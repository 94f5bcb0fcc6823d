"""The nightly job that erases the personal data of imports after a deadline."""

from django.utils import timezone
from procrastinate.contrib.django import app

from . import actions


@app.periodic(cron="20 3 * * *")
@app.task(name="member_imports.forget")
def forget(timestamp: int) -> None:
    """Erase, each night, the personal data of people not invited, or who did not answer in time."""
    actions.forget(timezone.now())
