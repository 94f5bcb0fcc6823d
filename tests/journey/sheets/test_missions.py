"""Missions listed on a published sheet, after they change or end."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from explor.ground.audit.models import Entry
from explor.journey.missions import actions as missions
from explor.journey.sheets import actions, rules
from explor.journey.sheets.models import ProjectSheet
from factories import MissionFactory, association_actor, officer_actor

pytestmark = pytest.mark.django_db
Run = Callable[[], list[str]]


@pytest.fixture
def mission() -> Any:
    """Return a mission in preparation, listed on the published sheet of its project."""
    made = MissionFactory()
    by = officer_actor(made.network)
    sheet = actions.write_from_file(made.need.project, by=by)
    actions.approve(sheet, by=association_actor(made.association))
    actions.publish(sheet, by=by)
    return made


def page_of(mission: Any) -> str:
    sheet = ProjectSheet.objects.get(project=mission.need.project)
    return Client().get(f"/projets/{sheet.slug}/").content.decode()


def test_a_cancelled_mission_disappears_from_the_published_sheet_of_its_project(
    mission: Any, run_jobs: Run, django_capture_on_commit_callbacks: Any
) -> None:
    assert mission.need.title in page_of(mission)
    with django_capture_on_commit_callbacks(execute=True):
        missions.cancel(mission, by=officer_actor(mission.network), cause="visa", reason="Refusé.")
    run_jobs()
    assert mission.need.title not in page_of(mission)
    sheet = ProjectSheet.objects.get(project=mission.need.project)
    assert (sheet.missions, sheet.state) == ([], "published")
    assert Entry.objects.about(sheet).filter(verb="refresh_missions").count() == 1
    actions.refresh_missions(mission.need.project)
    assert Entry.objects.about(sheet).filter(verb="refresh_missions").count() == 1


def fact(title: str, state: str, when: str = "03/2027", summary: str = "") -> dict[str, str]:
    return {
        "title": title, "state": state, "when": when, "summary": summary, "recommendations": ""
    }  # fmt: skip


def test_a_published_sheet_updates_its_missions_without_adding_texts_nobody_has_reviewed() -> None:
    listed = [fact("Former", "en préparation"), fact("Évaluer", "close", summary="Lu.")]
    now = [
        fact("Former", "en mission", "04/2027", summary="Pas encore lu."),
        fact("Évaluer", "close", summary="Autre."),
        fact("Tout autre mission", "en préparation"),
    ]
    assert rules.facts_kept(listed, now) == [
        fact("Former", "en mission", "04/2027"),
        fact("Évaluer", "close", summary="Lu."),
    ]
    assert rules.facts_kept(listed, now[1:]) == [listed[1]]
    two = [fact("Former", "close", summary="Un."), fact("Former", "annulée", summary="Deux.")]
    assert rules.facts_kept(two, [fact("Former", "close")]) == [two[0]]
