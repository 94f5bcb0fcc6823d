"""A file of many lines: queries by chunk, and one line that fails among those that pass."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from explor.actors.organisations.models import Organisation
from explor.ground.audit.selectors import verify
from explor.ground.imports import actions as imports
from explor.journey.budgets.models import BudgetLine
from explor.journey.missions.models import Mission
from explor.journey.takeovers import actions, pages
from factories import NetworkFactory, officer_actor

from .support import Run, back, on, read, row, taken_over

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Any:
    return NetworkFactory(slug="alizes", name="Alizés")


def rows(first: int, count: int) -> list[str]:
    """Return lines of as many people, associations, employers and partners."""
    return [
        back(
            number=f"N-{n}", title=f"Mission {n}", association=f"Rives {n}", siren="",
            expert=f"Nora {n} Exemple", email=f"nora{n}@val.test", employer=f"Ville {n}",
            partner=f"Commune {n}",
        )
        for n in range(first, first + count)
    ]  # fmt: skip


def queries_of_making(batch: Any) -> int:
    actions.make(batch, by=officer_actor(batch.network))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        imports.make_lines(batch)
    return len(queries)


def test_ten_times_as_many_missions_take_as_many_queries(network: Any, run_jobs: Run) -> None:
    taken_over(network, run_jobs, *rows(90, 1))  # the first one creates the row of calls
    few, many = (read(network, run_jobs, *rows(*span)) for span in ((0, 4), (4, 40)))
    assert queries_of_making(few) == queries_of_making(many)
    assert Mission.objects.count() == 45
    assert {len(line.made_here) for line in many.lines.all()} == {5}
    assert list(verify()) == []


def test_ten_times_as_many_lines_of_budget_take_as_many_queries(
    network: Any, run_jobs: Run
) -> None:
    taken_over(network, run_jobs, *rows(0, 44))
    lines = [f"N-{n};;;Transport;{n + 10};5;3;;;;\n" for n in range(44)]
    few, many = (read(network, run_jobs, *some, what="budgets") for some in (lines[:4], lines[4:]))
    assert queries_of_making(few) == queries_of_making(many)
    assert BudgetLine.objects.count() == 44
    assert list(verify()) == []


def test_a_line_that_cannot_be_made_stops_no_other_and_leaves_nothing(
    network: Any, run_jobs: Run
) -> None:
    """Its new association is created by the next line that names it."""
    batch = read(
        network,
        run_jobs,
        back(number="1", association="Rives", siren="", email="a@val.test"),
        back(number="2", association="Sources", siren="", email="b@val.test", expert="Awa B"),
        back(number="3", association="Sources", siren="", email="c@val.test", expert="Cleo C"),
    )
    second = batch.lines.get(number=batch.lines.all()[1].number)
    batch.lines.filter(pk=second.pk).update(content=second.content | {"title": 300 * "x"})
    actions.make(batch, by=officer_actor(network))
    imports.make_lines(batch)
    assert [line.made for line in batch.lines.order_by("number")] == [True, False, True]
    assert Mission.objects.count() == 2
    associations = Organisation.objects.filter(kind="association").order_by("pk")
    assert [each.name for each in associations] == ["Rives", "Sources"]


def test_a_person_engaged_since_the_reading_refuses_only_their_line(
    network: Any, run_jobs: Run
) -> None:
    batch = read(network, run_jobs, back(number="1"), row(number="2"))
    other = taken_over(network, run_jobs, back(number="9", title="Autre", start=on(-25)))
    assert other.lines.get().made
    actions.make(batch, by=officer_actor(network))
    imports.make_lines(batch)
    refused, made = batch.lines.order_by("number")
    assert (refused.made, refused.certain, made.made) == (False, True, True)
    assert refused.duplicate == "Cette personne est déjà engagée à ces dates."


def test_the_labels_of_the_columns_build_no_form(
    network: Any, run_jobs: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page of fifty lines would build as many forms, with their lists of countries."""
    batch = read(network, run_jobs, back())
    line = batch.lines.get()
    shown = pages.facts_of(batch, line)
    monkeypatch.setattr("explor.journey.takeovers.forms.ROWS", {})
    assert pages.facts_of(batch, line) == shown
