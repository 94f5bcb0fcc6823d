"""Background job that opens the report of a mission."""

from procrastinate.contrib.django import app

from explor.journey.missions.models import Mission

from . import actions


@app.task(name="reports.open_report")
def open_report(subject: int) -> None:
    actions.open_report(Mission.objects.get(pk=subject))
