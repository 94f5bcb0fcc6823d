"""Reminders of the departures and returns that nobody recorded."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from explor.ground.mail.models import Message
from explor.journey.missions import tasks
from explor.journey.missions.models import Mission
from factories import MissionFactory, officer_actor
from support.missions import on

pytestmark = pytest.mark.django_db


def begun(mission: Mission, days: int) -> Mission:
    """Return the mission as if it had been opened `days` ago."""
    Mission.objects.filter(pk=mission.pk).update(created_at=timezone.now() - timedelta(days=days))
    return mission


def sent() -> list[str]:
    return list(Message.objects.filter(kind="missions.remind_days").values_list("to", flat=True))


@pytest.mark.parametrize(
    ("state", "start", "reminded"),
    [
        ("cleared", 0, False),
        ("cleared", -1, True),
        ("preparing", -1, True),
        ("away", -9, False),  # its last day is today
        ("away", -10, True),
        ("returned", -20, False),
        ("cancelled", -20, False),
    ],
)
def test_the_expert_and_the_network_are_asked_to_record_a_departure_or_a_return_past_its_day(
    state: str, start: int, reminded: bool
) -> None:
    cause = "ZONE" if state == "cancelled" else ""
    mission = MissionFactory(state=state, cause=cause, start=on(start), end=on(start + 9))
    officer = officer_actor(begun(mission, 40).network)
    tasks.remind_days(0)
    assert set(sent()) == ({mission.expert.person.email, officer.email} if reminded else set())
    for message in Message.objects.filter(kind="missions.remind_days"):
        assert mission.file_number in message.subject


def test_the_reminder_of_an_unrecorded_return_is_sent_each_week_until_it_is_recorded() -> None:
    mission = begun(MissionFactory(state="away", start=on(-10), end=on(-1)), 40)
    counts = []
    for days in range(15):
        with time_machine.travel(on(days), tick=False):
            tasks.remind_days(0)
            tasks.remind_days(0)
        counts.append(Message.objects.filter(to=mission.expert.person.email).count())
    assert counts == [1] * 7 + [2] * 7 + [3]
    mission.refresh_from_db()
    assert mission.version == 0
    Mission.objects.update(state="returned")
    with time_machine.travel(on(60), tick=False):
        tasks.remind_days(0)
    assert Message.objects.filter(to=mission.expert.person.email).count() == 3


def test_a_return_day_already_past_when_the_mission_was_imported_causes_no_reminder() -> None:
    MissionFactory(state="away", start=on(-10), end=on(-1))  # created today
    tasks.remind_days(0)
    assert sent() == []
