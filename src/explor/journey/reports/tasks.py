"""Background jobs: open or drop the report of a mission, remind of those that are late."""

from django.utils import timezone
from procrastinate.contrib.django import app

from explor.journey.missions.models import Mission

from . import actions


@app.task(name="reports.open_report")
def open_report(subject: int) -> None:
    """Open the report of the mission with this primary key, if the mission is over."""
    actions.follow_end(Mission.objects.get(pk=subject))


@app.task(name="reports.follow_undo")
def follow_undo(subject: int) -> None:
    """Drop the unused report of the mission with this primary key, if the mission is not over."""
    actions.follow_undo(Mission.objects.get(pk=subject))


@app.periodic(cron="55 5 * * *")
@app.task(name="reports.remind", queueing_lock="reports.remind")
def remind(timestamp: int) -> None:
    """Remind, each morning, of the reports that are late."""
    actions.remind(timezone.localdate())
