"""Jobs of the voluntary question: one each night, one when a consent is withdrawn."""

from django.utils import timezone
from procrastinate.contrib.django import app

from . import actions
from .models import EquitySwitch


@app.periodic(cron="50 2 * * *")
@app.task(name="equity.tonight")
def tonight(timestamp: int) -> None:
    """Erase answers that are too old, then count those of each network where a count is due."""
    today = timezone.localdate()
    actions.erase_ended(today=today)
    for switch in EquitySwitch.objects.filter(on=True).order_by("pk"):
        actions.read(switch, today=today)


@app.task(name="equity.consent_withdrawn")
def consent_withdrawn(subject: int) -> None:
    """Delete the answers of a person to a network that may no longer see the profile."""
    actions.erase_ended(today=timezone.localdate(), expert=subject)
