"""Background and scheduled jobs of decisions."""

from django.utils import timezone
from procrastinate.contrib.django import app

from explor.journey.needs.models import Need

from . import actions


@app.task(name="decisions.open_decision")
def open_decision(subject: int) -> None:
    """Open the decision on a need once it is declared admissible."""
    actions.open_decision(Need.objects.get(pk=subject))


@app.periodic(cron="25 * * * *")
@app.task(name="decisions.announce_due")
def announce_due(timestamp: int) -> None:
    """Send the letters due; an hourly run catches up after an outage."""
    actions.announce_due(timezone.now())
