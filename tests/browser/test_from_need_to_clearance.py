"""From a need to a cleared mission in a browser: wide, on a phone and without JavaScript."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from journeys import chapters
from journeys.conftest import Scene, scene_of
from playwright.sync_api import Browser

from .visitor import BrowserVisitor

WAYS = {
    "wide": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"},
    "no_script": {"java_script_enabled": False},
}
PEOPLE = ("officer", "president", "professional", "resources", "reader", "second")


@pytest.fixture(params=sorted(WAYS))
def stage(
    request: pytest.FixtureRequest,
    transactional_db: None,
    live_server: Any,
    browser: Browser,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Scene]:
    """Create the people and the call, with one browser for each person."""
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    scene = scene_of("amont")
    for role in PEOPLE:
        email = scene.expert.person.email if role == "professional" else f"{role}@amont.test"
        visitor = BrowserVisitor(browser, live_server.url, email, **WAYS[request.param])
        setattr(scene, role, visitor)
    yield scene
    for role in PEOPLE:
        getattr(scene, role).close()


def test_a_need_becomes_a_mission_cleared_to_leave_without_any_page_fault(
    stage: Scene, run_jobs: Any
) -> None:
    chapters.describe_a_project(stage)
    need = chapters.file_a_need(stage)
    chapters.declare_admissible(stage, need, run_jobs)
    chapters.decide_and_announce(stage, need, run_jobs)
    proposal = chapters.introduce(stage, need, run_jobs)
    chapters.say_yes(stage, proposal, run_jobs)
    mission = chapters.release_and_sign(stage, proposal, run_jobs)
    chapters.prepare(stage, mission)
    chapters.read_advice(stage, "J")
    chapters.clear(stage, mission)
    assert [fault for role in PEOPLE for fault in getattr(stage, role).faults] == []
