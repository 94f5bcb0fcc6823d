"""Permissions on a mission book in each state and for each role, and the days it covers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.journey.mission_book import rules
from explor.journey.mission_book.models import Device, DiaryEntry
from explor.journey.missions.states import State
from factories import (
    ExpertFactory,
    MissionFactory,
    NetworkFactory,
    association_actor,
    employer_actor,
    expert_actor,
    officer_actor,
)
from support.missions import on

from .conftest import Trip

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
WRITTEN = {"cleared", "away", "returned", "interrupted"}
REAL_DAYS = {"away", "returned", "interrupted", "closed"}


def actors_of(trip: Trip) -> dict[str, Actor]:
    mission = trip.mission
    return {
        "expert": trip.expert,
        "reseau": trip.officer,
        "association": association_actor(mission.association),
        "employeur": employer_actor(mission.employer),
        "other expert": expert_actor(ExpertFactory()),
        "other network": officer_actor(NetworkFactory()),
        "administration": Actor(person=1, role="administration"),
        "public": Actor(),
    }


@pytest.mark.parametrize("state", State.values)
def test_only_the_expert_writes_a_mission_book_and_only_until_the_mission_is_closed(
    trip: Trip, state: str
) -> None:
    trip.mission.state = state
    entry = DiaryEntry(mission=trip.mission, day=on(0))
    may = {who: rules.can_write(a, trip.mission, TODAY()) for who, a in actors_of(trip).items()}
    assert {who for who, allowed in may.items() if allowed} == (
        {"expert"} if state in WRITTEN else set()
    )
    assert may == {who: rules.can_correct(a, entry) for who, a in actors_of(trip).items()}
    assert may == {
        who: rules.can_keep(a, trip.mission, TODAY()) for who, a in actors_of(trip).items()
    }


@pytest.mark.parametrize("state", State.values)
def test_only_the_expert_and_the_network_read_a_mission_book_in_every_state(
    trip: Trip, state: str
) -> None:
    trip.mission.state = state
    readers = {who for who, each in actors_of(trip).items() if rules.can_read(each, trip.mission)}
    assert readers == {"expert", "reseau"}


def test_the_expert_and_the_officers_of_the_network_may_withdraw_a_mission_book_device(
    trip: Trip,
) -> None:
    device = Device(mission=trip.mission, person=trip.mission.expert.person)
    may = {who for who, each in actors_of(trip).items() if rules.can_withdraw(each, device)}
    assert may == {"expert", "reseau"}


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (2, 11, None),  # begins the day after tomorrow
        (1, 10, (1, 1)),  # tomorrow here is today in the islands of the Pacific
        (0, 9, (0, 1)),
        (-4, 5, (-4, 1)),
        (-9, 0, (-9, 0)),
        (-20, -11, (-20, -11)),
    ],
)
def test_mission_book_entries_may_be_written_for_the_days_of_the_mission_until_tomorrow(
    start: int, end: int, expected: tuple[int, int] | None
) -> None:
    mission = MissionFactory(state="cleared", start=on(start), end=on(end))
    days = rules.days_of(mission, TODAY())
    assert days == (expected and (on(expected[0]), on(expected[1])))


def test_an_early_return_ends_the_days_that_may_be_written_in_a_mission_book() -> None:
    mission = MissionFactory(
        state="interrupted", start=on(-5), end=on(4), departed_on=on(-5), returned_on=on(-1),
        cause="SANTE",
    )  # fmt: skip
    assert rules.days_of(mission, TODAY()) == (on(-5), on(-1))
    assert rules.ends_on(mission) == on(6)


def test_a_device_may_keep_a_mission_book_until_seven_days_after_the_mission(trip: Trip) -> None:
    end = trip.mission.end
    assert rules.ends_on(trip.mission) == end + timedelta(days=7)
    last = [rules.can_keep(trip.expert, trip.mission, end + timedelta(days=n)) for n in (7, 8)]
    assert last == [True, False]


def test_a_device_may_keep_a_mission_book_from_the_clearance_on() -> None:
    mission = MissionFactory(state="cleared", start=on(20), end=on(29))
    expert = expert_actor(mission.expert)
    assert rules.can_keep(expert, mission, TODAY())
    assert not rules.can_write(expert, mission, TODAY())


@pytest.mark.parametrize(
    ("change", "beginning"),
    [
        ("revoked", "Ce téléphone a été retiré"),
        ("locked", "Ce compte n’ouvre plus"),
        ("other expert", "Ce compte n’ouvre plus"),
        ("closed", "Ce carnet ne s’écrit plus"),
        ("over", "La mission est finie"),
        ("", ""),
    ],
)
def test_a_device_key_that_has_ended_is_refused_with_the_reason(
    trip: Trip, change: str, beginning: str
) -> None:
    device, _ = trip.keep()
    device.revoked_at = timezone.now() if change == "revoked" else None
    device.person.is_active = change != "locked"
    if change == "closed":
        device.mission.state = "closed"
    today = on(15 if change == "over" else 14)
    reason = rules.refusal_of(device, holds_role=change != "other expert", today=today)
    assert (reason[: len(beginning)], bool(reason)) == (beginning, bool(beginning))


def test_a_mission_book_can_be_written_from_the_first_day_of_the_mission() -> None:
    mission = MissionFactory(state="cleared", start=on(5), end=on(15))
    assert rules.blockers_of_day(mission, on(5), TODAY()) == [
        "Le carnet s’ouvre le premier jour de la mission."
    ]
