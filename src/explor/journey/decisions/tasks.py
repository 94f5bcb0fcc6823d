"""Jobs that create the decision on an admissible need, and announce scheduled decisions."""

from django.utils import timezone
from procrastinate.contrib.django import app

from explor.journey.needs.models import Need

from . import actions


@app.task(name="decisions.open_decision")
def open_decision(subject: int) -> None:
    """Create the decision on the need with primary key `subject`, just declared admissible."""
    actions.open_decision(Need.objects.get(pk=subject))


@app.periodic(cron="25 * * * *")
@app.task(name="decisions.announce_due")
def announce_due(timestamp: int) -> None:
    """Send the letters that are due: runs at each scheduled time, and hourly to catch up."""
    actions.announce_due(timezone.now())
