"""Jobs of the missions."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from explor.journey.releases.models import Release

from . import actions
from .models import Mission
from .states import BEFORE

RECHECKS = (15, 3, 0)


@app.task(name="missions.open_mission")
def open_mission(subject: int) -> None:
    actions.open_mission(Release.objects.get(pk=subject))


@app.task(name="missions.note_agreement")
def note_agreement(subject: int) -> None:
    actions.note_agreement(Release.objects.get(pk=subject))


@app.periodic(cron="30 5 * * *")
@app.task(name="missions.recheck")
def recheck(timestamp: int) -> None:
    """Each morning: the missions that leave in 15 days, 3 days and today."""
    today = timezone.localdate()
    for days in RECHECKS:
        leaving = Mission.objects.filter(state__in=BEFORE, start=today + timedelta(days=days))
        for mission in leaving.order_by("pk"):
            actions.recheck(mission, days_before=days)
