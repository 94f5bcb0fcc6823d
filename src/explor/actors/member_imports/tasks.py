"""The nightly job that erases the personal data of imports that led to nothing."""

from django.utils import timezone
from procrastinate.contrib.django import app

from . import actions


@app.periodic(cron="20 3 * * *")
@app.task(name="member_imports.forget")
def forget(timestamp: int) -> None:
    """Erase each night the personal data of files that led to nothing."""
    actions.forget(timezone.now())
