"""Jobs of the committee."""

from django.utils import timezone
from procrastinate.contrib.django import app

from explor.journey.needs.models import Need

from . import actions


@app.task(name="selection.open_decision")
def open_decision(subject: int) -> None:
    actions.open_decision(Need.objects.get(pk=subject))


@app.periodic(cron="25 * * * *")
@app.task(name="selection.announce_due")
def announce_due(timestamp: int) -> None:
    """At the hour chosen for letters, and each hour for those that a stop would have left."""
    actions.announce_due(timezone.now())
