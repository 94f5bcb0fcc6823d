"""Background job that opens the report of a mission."""

from procrastinate.contrib.django import app

from explor.journey.missions.models import Mission

from . import actions


@app.task(name="reports.open_report")
def open_report(subject: int) -> None:
    actions.follow_end(Mission.objects.get(pk=subject))


@app.task(name="reports.follow_undo")
def follow_undo(subject: int) -> None:
    actions.follow_undo(Mission.objects.get(pk=subject))
