"""Reminders of the departures and returns that nobody recorded, once their day is past."""

from datetime import date, timedelta

from django.db.models import F, Q

from explor.ground.audit import actions as audit
from explor.ground.http.actor import SYSTEM
from explor.ground.workflow.apart import each_apart

from .. import emails
from ..models import Mission, MissionQuerySet
from ..states import BEFORE, State

EVERY = timedelta(days=7)


def unrecorded(today: date) -> MissionQuerySet:
    """Return the missions whose departure or return should have been recorded before `today`.

    Missions imported after that day are left out, so that nobody is emailed about them: the network
    records their departure or return itself.
    """
    leaving = Q(state__in=BEFORE, start__lt=today, start__gte=F("created_at__date"))
    coming_back = Q(state=State.AWAY, end__lt=today, end__gte=F("created_at__date"))
    return Mission.objects.filter(leaving | coming_back)


def remind_days(today: date) -> int:
    """Ask by email, weekly, to record the departures and returns whose day is past.

    Returns:
        The number of missions reminded.
    """
    due = unrecorded(today).exclude(reminded_on__gt=today - EVERY)
    related = due.select_related("need", "network", "expert__person").order_by("pk")

    def remind(mission: Mission) -> int:
        # The version does not change: open forms stay valid, and an import can still be undone.
        if not due.filter(pk=mission.pk).update(reminded_on=today):
            return 0
        audit.log(mission, "remind_days", by=SYSTEM)
        emails.unrecorded(mission)
        return 1

    return each_apart(related, remind, name="remind_days")
