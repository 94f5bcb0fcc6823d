"""Only announced missions and needs and published sheets are counted."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from explor.journey.decisions import actions as decisions
from explor.journey.decisions.models import Decision
from explor.journey.missions.models import Mission
from explor.journey.sheets import actions as directory
from explor.oversight.indicators import actions, selectors, tasks
from explor.oversight.indicators.models import Tally
from factories import (
    DecisionFactory,
    ExpertFactory,
    MissionFactory,
    NetworkFactory,
    SheetFactory,
    officer_actor,
)

pytestmark = pytest.mark.django_db

Jobs = Callable[[], list[str]]


def mission(**fields: Any) -> Mission:
    """Create a mission over, which lasted from the 2nd to the 11th of March 2026."""
    result = {"state": "closed", "start": date(2026, 3, 2), "end": date(2026, 3, 11), **fields}
    return MissionFactory(**result)


def stay(first: int, last: int) -> dict[str, Any]:
    """Return the real days of a mission, of March 2026."""
    return {"departed_on": date(2026, 3, first), "returned_on": date(2026, 3, last)}


def total() -> dict[str, Any]:
    return selectors.figures()


def test_a_mission_whose_decision_is_not_announced_is_not_counted_in_the_figures() -> None:
    mission()
    Decision.objects.update(state="decided")
    assert total()["missions"] == 0


def test_a_need_with_an_unfavourable_decision_is_not_counted_in_the_figures() -> None:
    DecisionFactory(verdict="unfavourable")
    assert total()["seeking"] == 0


def test_a_cancelled_mission_is_not_counted_in_the_figures() -> None:
    mission(state="cancelled", cause="ZONE")
    assert (total()["missions"], total()["days"]) == (0, 0)


@pytest.mark.parametrize(
    ("fields", "over", "days", "departures"),
    [
        ({}, 1, 10, 1),
        ({"state": "returned"}, 1, 10, 1),
        ({"state": "returned", **stay(1, 13)}, 1, 13, 1),
        ({"state": "returned", **stay(3, 10)}, 1, 8, 1),
        ({"state": "preparing"}, 0, 0, 1),
        ({"state": "away"}, 0, 0, 1),
        ({"state": "interrupted", "cause": "ZONE", **stay(2, 4)}, 1, 3, 1),
        ({"state": "closed", "closed_from": "interrupted", "cause": "ZONE", **stay(2, 4)}, 1, 3, 1),
        ({"state": "remote", "cause": "VISA"}, 1, 0, 0),
        ({"state": "closed", "closed_from": "remote", "cause": "VISA"}, 1, 0, 0),
    ],
)
def test_days_abroad_are_counted_only_after_the_mission_is_over(
    fields: dict[str, Any], over: int, days: int, departures: int
) -> None:
    mission(**fields)
    result = total()
    assert (result["missions"], result["over"], result["days"]) == (1, over, days)
    assert sum(map(sum, result["departures"].values())) == departures


def test_free_seats_of_an_announced_need_are_counted_by_country() -> None:
    need = DecisionFactory(need__seats=3).need
    result = selectors.figures(need.window_start.year, need.network.slug)
    assert result["seeking"] == 3
    assert [(r["label"], r["seeking"]) for r in result["lists"]["countries"]] == [("Madagascar", 3)]
    assert result["missions"] == 0


def test_only_published_sheets_are_counted_in_the_figures() -> None:
    sheet = SheetFactory(year=2024, sdgs=[2, 6])
    SheetFactory(state="draft", year=2024)
    SheetFactory(network=None, year=None, countries=["BF", "TG"], sectors=[])
    result = total()
    assert result["sheets"] == 2
    assert [(r["code"], r["sheets"]) for r in result["lists"]["countries"]] == [
        ("BF", 2),
        ("TG", 1),
    ]
    assert [(r["code"], r["sheets"]) for r in result["lists"]["sdgs"]] == [("2", 1), ("6", 1)]
    assert selectors.figures(2024, sheet.network.slug)["sheets"] == 1


def test_withdrawing_a_sheet_schedules_a_new_count_that_excludes_this_sheet(run_jobs: Jobs) -> None:
    sheet = SheetFactory(year=2024)
    actions.count()
    directory.withdraw(sheet, by=officer_actor(sheet.network), reason="Projet arrêté.")
    assert "indicators.follow" in run_jobs()
    assert waiting() == [("indicators", "todo")]
    actions.count()
    assert (total()["sheets"], Tally.objects.filter(year=2024).count()) == (0, 0)


def waiting() -> list[tuple[str, str]]:
    """Return the counting jobs in the queue."""
    jobs = ProcrastinateJob.objects.filter(task_name="indicators.count")
    return list(jobs.values_list("queueing_lock", "status"))


def test_the_figures_of_skills_count_available_experts_without_a_mission_this_year() -> None:
    network = NetworkFactory()
    ExpertFactory.create_batch(5, network=network, skills=["Maraîchage", "inconnue"])
    ExpertFactory(network=network, state="resting")
    placed = ExpertFactory(network=network)
    today = timezone.localdate()
    mission(
        release__proposal__expert=placed,
        state="preparing",
        start=today,
        end=today + timedelta(days=9),
    )
    actions.count()
    assert [row["people"] for row in total()["skills"]] == [5]


def test_the_public_figures_are_plain_json_with_small_counts_hidden() -> None:
    made = mission(start=date(2024, 3, 2), end=date(2024, 3, 11))
    actions.count()
    result = selectors.figures(2024, made.network.slug)
    assert json.loads(json.dumps(result)) == result
    assert (result["year"], result["network"]) == (2024, made.network.slug)
    assert result["people"] == {"count": None, "note": "moins de 5"}


def test_public_figures_computed_by_the_page_equal_those_computed_by_the_job() -> None:
    mission()
    DecisionFactory()
    actions.settle(timezone.localdate())
    wanted = total()
    actions.count()
    assert {**total(), "computed_at": ""} == {**wanted, "computed_at": ""}


@pytest.mark.parametrize("wanted", [(1999, None), (None, "absent"), (1999, "absent")])
def test_an_unknown_year_or_network_has_no_public_figures(
    wanted: tuple[int | None, str | None],
) -> None:
    mission()
    actions.count()
    with pytest.raises(Tally.DoesNotExist):
        selectors.figures(*wanted)


@pytest.mark.parametrize("count", [1, 12])
def test_loading_the_public_figures_makes_two_queries(
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(count):
        mission()
    with django_assert_max_num_queries(7):
        selectors.read(None, "")
    actions.count()
    with django_assert_num_queries(2):
        selectors.read(2026, "")


def test_several_changes_schedule_a_single_count_of_the_figures() -> None:
    for subject in range(3):
        tasks.follow(subject)
    assert waiting() == [("indicators", "todo")]


def test_announcing_a_decision_schedules_a_count_of_the_figures(run_jobs: Jobs) -> None:
    need = DecisionFactory(state="decided", announced_at=None, letter="Projet solide.").need
    decisions.announce(need.decision, by=officer_actor(need.network))
    assert "indicators.follow" in run_jobs()
