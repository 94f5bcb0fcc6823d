"""The readings of the morning, and the jobs that react to the release."""

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
def test_a_morning_makes_the_latest_recheck_due(leaves_in: int, gates: list[int]) -> None:
    mission = prepared(leaves_in=leaves_in)
    tasks.recheck(0)
    tasks.recheck(0)
    assert read(mission) == gates


def test_a_mission_is_read_again_at_fifteen_and_three_days_and_on_the_day() -> None:
    mission = prepared(leaves_in=16)
    for days in range(17):
        with time_machine.travel(on(days), tick=False):
            tasks.recheck(0)
    assert read(mission) == [15, 3, 0]


@pytest.mark.parametrize("state", ["away", "returned", "cancelled"])
def test_a_mission_that_left_or_ended_is_not_read_again(state: str) -> None:
    mission = prepared(leaves_in=3, state=state)
    tasks.recheck(0)
    assert read(mission) == []


def test_the_job_of_an_ended_release_is_deferred_and_suspends(
    run_jobs: Callable[[], list[str]],
) -> None:
    mission = prepared(leaves_in=20, state="cleared")
    releases.end(mission.release, by=officer_actor(mission.network), reason="Désistement")
    assert "missions.follow_end" in run_jobs()
    mission.refresh_from_db()
    assert mission.state == "preparing"


def test_the_job_that_opens_a_mission_runs_twice_safely() -> None:
    release = ReleaseFactory(state="approved", scheme="MCP")
    tasks.open_mission(release.pk)
    tasks.open_mission(release.pk)
    assert Mission.objects.filter(release=release).count() == 1


def reading(mission: Mission, zone: str, place: str = "") -> None:
    record_reading(
        country=mission.country, place=place, zone=zone, read_on=timezone.localdate(),
        url="https://exemple.test/conseils", by=officer_actor(mission.network),
    )  # fmt: skip


def test_a_red_reading_suspends_the_missions_cleared_to_go_there(
    run_jobs: Callable[[], list[str]],
) -> None:
    mission = prepared(leaves_in=20, state="cleared")
    reading(mission, "R", mission.place)
    assert "missions.follow_reading" in run_jobs()
    mission.refresh_from_db()
    assert mission.state == "preparing"


@pytest.mark.parametrize(("zone", "place"), [("V", ""), ("R", "Ailleurs-sur-Mer")])
def test_another_reading_suspends_nobody(
    run_jobs: Callable[[], list[str]], zone: str, place: str
) -> None:
    mission = prepared(leaves_in=20, state="cleared")
    reading(mission, zone, place)
    run_jobs()
    mission.refresh_from_db()
    assert mission.state == "cleared"
