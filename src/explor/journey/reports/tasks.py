"""Background jobs: open the report of a mission that ended, drop it if this end was undone."""

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
