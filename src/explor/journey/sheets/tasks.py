"""Background jobs on project sheets: updates after missions, publications, yearly reminders."""

from datetime import UTC, datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from explor.journey.missions.models import Mission

from . import actions


@app.task(name="sheets.follow_mission")
def follow_mission(subject: int) -> None:
    """Update the sheet of the project of a mission, after an action on the mission."""
    mission = Mission.objects.select_related("need__project").get(pk=subject)
    actions.refresh_missions(mission.need.project)


@app.periodic(cron="5 5 * * *")
@app.task(name="sheets.publish_planned")
def publish_planned(timestamp: int) -> None:
    """Publish, each morning, the sheets planned for that day or before."""
    actions.publish_planned(timezone.localdate(datetime.fromtimestamp(timestamp, UTC)))


@app.periodic(cron="25 6 * * *")
@app.task(name="sheets.remind")
def remind(timestamp: int) -> None:
    """Ask by email, each day, to confirm the published sheets not confirmed for a year."""
    actions.remind(timezone.localdate(datetime.fromtimestamp(timestamp, UTC)))
