"""Background jobs on missions: morning rechecks, and reactions to releases and travel advice."""

from collections.abc import Callable

import pytest
import time_machine
from django.utils import timezone

from explor.ground.travel_advice.actions import record_reading
from explor.journey.missions import tasks
from explor.journey.missions.models import Mission
from explor.journey.releases import actions as releases
from factories import ReleaseFactory, officer_actor
from support.missions import on, prepared

pytestmark = pytest.mark.django_db


def read(mission: Mission) -> list[int]:
    return list(mission.rechecks.order_by("pk").values_list("days_before", flat=True))


@pytest.mark.parametrize(
    ("leaves_in", "gates"),
    [(16, []), (15, [15]), (9, [15]), (4, [15]), (3, [3]), (2, [3]), (1, [3]), (0, [0]), (-1, [])],
)
def test_the_morning_job_runs_only_the_latest_due_recheck_and_only_once(
    leaves_in: int, gates: list[int]
) -> None:
    mission = prepared(leaves_in=leaves_in)
    tasks.recheck(0)
    tasks.recheck(0)
    assert read(mission) == gates


def test_a_mission_is_rechecked_15_and_3_days_before_departure_and_on_the_day() -> None:
    mission = prepared(leaves_in=16)
    for days in range(17):
        with time_machine.travel(on(days), tick=False):
            tasks.recheck(0)
    assert read(mission) == [15, 3, 0]


@pytest.mark.parametrize("state", ["away", "returned", "cancelled"])
def test_a_mission_that_departed_or_ended_is_not_rechecked(state: str) -> None:
    mission = prepared(leaves_in=3, state=state)
    tasks.recheck(0)
    assert read(mission) == []


def test_ending_a_release_defers_a_job_that_suspends_its_cleared_mission(
    run_jobs: Callable[[], list[str]],
) -> None:
    mission = prepared(leaves_in=20, state="cleared")
    releases.end(mission.release, by=officer_actor(mission.network), reason="Désistement")
    assert "missions.follow_end" in run_jobs()
    mission.refresh_from_db()
    assert mission.state == "preparing"


def test_running_the_job_that_opens_a_mission_twice_creates_one_mission() -> None:
    release = ReleaseFactory(state="approved", scheme="MCP")
    tasks.open_mission(release.pk)
    tasks.open_mission(release.pk)
    assert Mission.objects.filter(release=release).count() == 1


def reading(mission: Mission, zone: str, place: str = "") -> None:
    record_reading(
        country=mission.country, place=place, zone=zone, read_on=timezone.localdate(),
        url="https://exemple.test/conseils", by=officer_actor(mission.network),
    )  # fmt: skip


def test_new_red_travel_advice_suspends_a_cleared_mission_to_that_place(
    run_jobs: Callable[[], list[str]],
) -> None:
    mission = prepared(leaves_in=20, state="cleared")
    reading(mission, "R", mission.place)
    assert "missions.follow_reading" in run_jobs()
    mission.refresh_from_db()
    assert mission.state == "preparing"


@pytest.mark.parametrize(("zone", "place"), [("V", ""), ("R", "Ailleurs-sur-Mer")])
def test_travel_advice_that_is_green_or_on_another_place_suspends_no_mission(
    run_jobs: Callable[[], list[str]], zone: str, place: str
) -> None:
    mission = prepared(leaves_in=20, state="cleared")
    reading(mission, zone, place)
    run_jobs()
    mission.refresh_from_db()
    assert mission.state == "cleared"
