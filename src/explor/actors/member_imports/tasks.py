"""Jobs of the imports of members: personal data that nobody used is erased."""

from django.utils import timezone
from procrastinate.contrib.django import app

from . import actions


@app.periodic(cron="20 3 * * *")
@app.task(name="member_imports.forget")
def forget(timestamp: int) -> None:
    """Erase each night the personal data of files that led to nothing."""
    actions.forget(timezone.now())
