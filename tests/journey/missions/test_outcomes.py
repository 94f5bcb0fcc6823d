"""Properties of mission states are declared once, so that a new outcome changes four files."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from explor.journey.missions.states import MISSION, PROPERTIES, State, states_where
from explor.public.open_data import engine

ROOT = Path(__file__).parents[3]
PATCH = ROOT / "docs" / "patches" / "new-outcome.patch"
USE = """
import django
django.setup()
from datetime import date
from django.urls import reverse
from explor.ground.ui import hooks
from explor.journey.missions import pages
from explor.journey.missions.models import Mission
from explor.journey.missions.states import MISSION, properties_of, states_where
from explor.public.open_data import engine
from explor.oversight.indicators.selectors import gathering
new = Mission(pk=1, state="transferred", start=date(2027, 5, 1), end=date(2027, 5, 9))
assert pages.tone_of(new) == "info"
assert reverse("missions:reseau_hand_over", args=["reseau", 1]).endswith("/missions/1/confier/")
effects = pages.effects_of_outcome("hand_over")(None, new)
assert [each.what for each in effects.happens] == [
    "La mission est confiée à une autre équipe.",
    "Les jours de la personne sont de nouveau libres.",
]
assert new.stay is None
assert MISSION.transition("transferred", "close").target == "closed"
reactions = {event for event, job in hooks.get("reactions") if job == "reports.open_report"}
assert "missions.mission.interrupt" in reactions
assert "missions.mission.hand_over" not in reactions
followed = {event for event, job in hooks.get("reactions") if job == "indicators.follow"}
assert "missions.mission.hand_over" in followed
assert "transferred" in states_where(is_counted=True)
assert not MISSION.allows("transferred", "undo_return", "reseau")
assert engine.Stage[properties_of("transferred").activity.upper()] == engine.Stage.CLOSED
named = {each.name: str(each) for each in Mission._meta.constraints}
assert "transferred" in named["missions_mission_has_cause"]
assert "transferred" in named["missions_expert_free"]
print("accepted")
"""


def test_every_mission_state_has_properties() -> None:
    assert list(PROPERTIES) == list(State)


def test_the_activity_of_every_mission_state_is_a_status_of_the_iati_engine() -> None:
    statuses = {stage.name for stage in engine.Stage}
    assert {each.activity.upper() for each in PROPERTIES.values()} <= statuses


def test_the_function_states_where_returns_the_states_with_the_given_standing_in_order() -> None:
    assert states_where(is_outcome=True) == ("cancelled", "interrupted", "remote")
    assert states_where(holds_days=False) == ("cancelled", "remote")
    assert states_where(has_left=True, is_over=True) == ("returned", "closed", "interrupted")
    assert states_where(is_counted=False) == ("cancelled",)
    assert states_where(frees_seat=True) == ("cancelled",)


def test_a_mission_in_a_state_that_is_over_can_be_closed() -> None:
    closed_from = {row.sources for row in MISSION.transitions if row.verb == "close"}
    assert closed_from == {("returned", "interrupted", "remote")}


def test_every_outcome_of_a_mission_has_a_transition_that_requires_a_reason() -> None:
    outcomes = states_where(is_outcome=True)
    assert {row.target for row in MISSION.transitions if row.target in outcomes} == set(outcomes)
    assert all(row.needs_reason for row in MISSION.transitions if row.target in outcomes)


@pytest.mark.parametrize("limit", [4])
def test_an_example_patch_adds_a_working_mission_outcome_in_at_most_four_files(
    limit: int, tmp_path: Path
) -> None:
    lines = PATCH.read_text(encoding="utf-8").splitlines()
    changed = [line.removeprefix("+++ b/") for line in lines if line.startswith("+++ ")]
    assert len(changed) <= limit
    ignored = shutil.ignore_patterns("__pycache__", "static", "node_modules")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=ignored)
    subprocess.run(["git", "apply", str(PATCH)], cwd=tmp_path, check=True)
    where = {"PYTHONPATH": str(tmp_path / "src"), "PYTHONWARNINGS": "ignore"}
    settings = {"DJANGO_SETTINGS_MODULE": "explor.site.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", USE],
        cwd=tmp_path,
        env={**os.environ, **where, **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "accepted"), done.stderr
