"""Background jobs that create, update, suspend and check missions, and send reminders."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.travel_advice.models import Advice
from explor.ground.workflow.apart import each_apart
from explor.journey.releases.models import Release

from . import actions
from .models import Mission
from .states import BEFORE

# Pairs (days before the departure at which a recheck is due, days before the departure until which
# a missed recheck still runs).
RECHECKS = ((15, 4), (3, 1), (0, 0))


@app.task(name="missions.open_mission")
def open_mission(subject: int) -> None:
    """Create the mission of the release with this primary key, unless the release has ended."""
    try:
        actions.open_mission(Release.objects.get(pk=subject))
    except ActionNotAllowed:
        return  # the release ended before this job ran


@app.task(name="missions.note_agreement")
def note_agreement(subject: int) -> None:
    """Tick the step of the agreement, once all the parties of the release have signed."""
    actions.note_agreement(Release.objects.get(pk=subject))


@app.task(name="missions.follow_employer")
def follow_employer(subject: int) -> None:
    """Copy the employer that this release gained to its mission, suspended if it was cleared."""
    actions.follow_employer(Release.objects.get(pk=subject))


@app.task(name="missions.follow_end")
def follow_end(subject: int) -> None:
    """Untick the agreement of the mission of this ended release; suspend it if it was cleared."""
    actions.follow_end(Release.objects.get(pk=subject))


@app.task(name="missions.follow_reading")
def follow_reading(subject: int) -> None:
    """Suspend or warn of the missions to the country that this new travel advice forbids."""
    actions.follow_reading(Advice.objects.get(pk=subject))


@app.periodic(cron="30 5 * * *")
@app.task(name="missions.recheck")
def recheck(timestamp: int) -> None:
    """Make, each morning, the checks due 15, 3 and 0 days before departure and not yet made.

    A missed check still runs: that of 15 days until 4 days before the departure, that of 3 days
    until the day before. That of the day of the departure runs on that day only.
    """
    today = timezone.localdate()
    due: list[tuple[Mission, int]] = []
    for days, last in RECHECKS:
        nearest, farthest = today + timedelta(days=last), today + timedelta(days=days)
        leaving = Mission.objects.filter(state__in=BEFORE, start__range=(nearest, farthest))
        unchecked = leaving.exclude(rechecks__days_before=days).order_by("pk")
        due += [(mission, days) for mission in unchecked]

    def check(pair: tuple[Mission, int]) -> int:
        return int(actions.recheck(pair[0], days_before=pair[1]) is not None)

    each_apart(due, check, name="recheck")


@app.periodic(cron="45 5 * * *")
@app.task(name="missions.remind_days", queueing_lock="missions.remind_days")
def remind_days(timestamp: int) -> None:
    """Ask, each morning, to record the departures and returns whose day is past."""
    actions.remind_days(timezone.localdate())
