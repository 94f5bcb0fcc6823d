"""Jobs of the voluntary question: one each night, one when an expert withdraws a consent."""

from django.utils import timezone
from procrastinate.contrib.django import app

from . import actions
from .models import EquitySwitch


@app.periodic(cron="50 2 * * *")
@app.task(name="equity.tonight")
def tonight(timestamp: int) -> None:
    """Erase the answers that no network may keep, then save the rates of proposals where due.

    The rates are by gender and by age class.
    """
    today = timezone.localdate()
    actions.erase_ended()
    for switch in EquitySwitch.objects.filter(on=True).order_by("pk"):
        actions.save_reading(switch, today=today)


@app.task(name="equity.consent_withdrawn")
def consent_withdrawn(subject: int) -> None:
    """Erase the answers of an expert to the networks that may no longer see the profile.

    `subject` is the primary key of the expert, who just withdrew a consent.
    """
    actions.erase_ended(expert=subject)
