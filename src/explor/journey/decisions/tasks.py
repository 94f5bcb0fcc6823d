"""Jobs of decisions."""

from django.utils import timezone
from procrastinate.contrib.django import app

from explor.journey.needs.models import Need

from . import actions


@app.task(name="decisions.open_decision")
def open_decision(subject: int) -> None:
    """Put a need before its committee once it is declared admissible."""
    actions.open_decision(Need.objects.get(pk=subject))


@app.periodic(cron="25 * * * *")
@app.task(name="decisions.announce_due")
def announce_due(timestamp: int) -> None:
    """Send letters at the time chosen, and each hour those that a stop left behind."""
    actions.announce_due(timezone.now())
