"""The migration keeps known real days, and never records a planned day as a real day."""

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
import time_machine
from django.apps import apps

from explor.ground.audit import actions as audit
from explor.ground.http.actor import SYSTEM
from explor.journey.missions.models import Mission
from explor.journey.proposals.models import Proposal
from factories import MissionFactory
from support.missions import on

pytestmark = pytest.mark.django_db
MIGRATION = import_module("explor.journey.missions.migrations.0002_days_of_stay")
CAUSED = {"interrupted": "SANTE", "cancelled": "ZONE", "remote": "VISA"}


def former(state: str, **clicks: int) -> Mission:
    """Create a pre-migration mission, planned from day 0 to day 9, with the days of its clicks."""
    end = next(
        (clicks[verb] for verb in ("come_back", "interrupt", "go_remote") if verb in clicks), None
    )
    mission = MissionFactory(
        state=state,
        start=on(0),
        end=on(9),
        cause=CAUSED.get(state, ""),
        ended_on=None if end is None else on(end),
    )
    Proposal.objects.filter(pk=mission.release.proposal_id).update(start=on(0), end=on(9))
    source = "preparing"
    for verb, day in clicks.items():
        target = {"come_back": "returned", "interrupt": "interrupted", "go_remote": "remote"}.get(
            verb, "away"
        )
        with time_machine.travel(on(day), tick=False):
            audit.log(mission, verb, by=SYSTEM, source=source, target=target)
        source = target
    return mission


def day(value: Any) -> int | None:
    return None if value is None else (value - on(0)).days


@pytest.mark.parametrize(
    ("state", "clicks", "departed", "returned", "free"),
    [
        ("preparing", {}, None, None, None),
        ("away", {"depart": 0}, 0, None, None),
        ("away", {"depart": -2}, -2, None, None),
        ("away", {"depart": 3}, None, None, None),
        ("returned", {"depart": 0, "come_back": 9}, 0, 9, 10),
        ("returned", {"depart": 0, "come_back": 5}, 0, 5, 6),
        ("returned", {"depart": 0, "come_back": 200}, 0, None, None),
        ("returned", {"depart": -2, "come_back": -1}, -2, -1, 0),
        ("interrupted", {"depart": 0, "interrupt": 4}, 0, 4, 5),
        ("interrupted", {"depart": 2, "interrupt": 200}, None, None, None),
        ("closed", {"depart": 0, "come_back": 9, "close": 30}, 0, 9, 10),
        ("closed", {"go_remote": 3, "close": 30}, None, None, 0),
        ("remote", {"go_remote": -20}, None, None, 0),
        ("cancelled", {}, None, None, None),
    ],
)
def test_the_migration_of_missions_sets_only_the_real_days_that_are_certain(
    state: str,
    clicks: dict[str, int],
    departed: int | None,
    returned: int | None,
    free: int | None,
) -> None:
    mission = former(state, **clicks)
    MIGRATION.keep_known_days(apps, None)
    mission.refresh_from_db()
    assert (day(mission.departed_on), day(mission.returned_on)) == (departed, returned)
    assert day(Proposal.objects.get(pk=mission.release.proposal_id).free_from) == free


@pytest.mark.parametrize(
    ("clicks", "state"),
    [
        ({"depart": 0, "come_back": 9, "close": 30}, "returned"),
        ({"depart": 0, "interrupt": 4, "close": 30}, "interrupted"),
        ({"go_remote": 3, "close": 30}, "remote"),
    ],
)
def test_the_migration_records_the_state_that_a_closed_mission_had_before(
    clicks: dict[str, int], state: str
) -> None:
    mission = former("closed", **clicks)
    MIGRATION.keep_known_days(apps, None)
    mission.refresh_from_db()
    assert mission.closed_from == state
    assert (mission.stay is None) is (state == "remote")


def test_running_the_migration_of_missions_twice_changes_nothing_more() -> None:
    mission = former("returned", depart=0, come_back=5)
    for _ in range(2):
        MIGRATION.keep_known_days(apps, None)
    mission.refresh_from_db()
    assert mission.returned_on == mission.start + timedelta(days=5)
