"""Many rows written at once are those that the ORM would write."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from explor.actors.organisations.models import Organisation
from explor.ground.audit.models import Entry
from explor.ground.workflow.bulk import insert_many, update_many
from explor.journey.sheets.models import ProjectSheet
from factories import NetworkFactory

pytestmark = pytest.mark.django_db

ODD = 'Tab\t, « guillemets » "doubles", \\N, {accolades}, l\'eau\net une ligne\r\n'


@pytest.fixture
def network() -> Any:
    return NetworkFactory()


def sheet(network: Any, slug: str, **fields: Any) -> ProjectSheet:
    return ProjectSheet(network=network, slug=slug, title=ODD, **fields)


def columns_of(row: ProjectSheet) -> dict[str, Any]:
    own = ProjectSheet.objects.filter(pk=row.pk).values().get()
    return {name: value for name, value in own.items() if name not in ("id", "slug")}


def test_rows_inserted_at_once_have_the_columns_of_a_row_saved_alone(network: Any) -> None:
    fields = {
        "content": {"title": ODD, "goals": [{"number": 4}], "none": None},
        "countries": ["MG"],
        "funders": [ODD, "Ville"],
        "sdgs": [4, 17],
        "start_on": date(2024, 2, 29),
        "rest": "",
    }
    alone = sheet(network, "alone", **fields)
    alone.save()
    rows = insert_many(sheet(network, slug, **fields) for slug in ("a", "b"))
    times = {"created_at", "updated_at", "state_since"}
    expected = {k: v for k, v in columns_of(alone).items() if k not in times}
    for row in rows:
        assert {k: v for k, v in columns_of(row).items() if k not in times} == expected
    assert [row.slug for row in ProjectSheet.objects.order_by("pk")] == ["alone", "a", "b"]
    assert [row._state.adding for row in rows] == [False, False]


def test_a_column_that_postgresql_computes_is_computed() -> None:
    entry = Entry(
        name="Nora", role="reseau", kind="needs.need", subject=1, rank=1, verb="file",
        previous="0" * 64, digest="1" * 64,
    )  # fmt: skip
    insert_many([entry])
    assert Entry.objects.get(pk=entry.pk).transaction > 0


def test_a_row_that_violates_a_constraint_inserts_none(network: Any) -> None:
    with pytest.raises(IntegrityError, match="slug"), transaction.atomic():
        insert_many(sheet(network, slug) for slug in ("a", "b", "a"))
    assert not ProjectSheet.objects.exists()


@pytest.mark.parametrize("count", [1, 50])
def test_the_number_of_queries_does_not_depend_on_that_of_rows(
    network: Any, count: int, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        rows = insert_many(sheet(network, f"s{number}") for number in range(count))
    for row in rows:
        row.title = f"Projet {row.pk}"
    with django_assert_num_queries(1):
        update_many(rows, ["title"])


def test_rows_updated_at_once_have_their_own_values_and_leave_the_others(network: Any) -> None:
    other = NetworkFactory()
    kept, *rows = insert_many(sheet(network, slug) for slug in ("kept", "a", "b"))
    first, second = rows
    first.title, first.year, first.content = ODD, None, {"a": [ODD]}
    second.title, second.year, second.content = "B", 2020, {}
    for row in rows:
        row.network, row.slug = other, "unsaved"
    update_many(rows, ["title", "year", "content", "network"])
    names = ("slug", "title", "year", "content", "network")
    assert [*ProjectSheet.objects.order_by("pk").values_list(*names)] == [
        ("kept", ODD, kept.year, kept.content, network.pk),
        ("a", ODD, None, {"a": [ODD]}, other.pk),
        ("b", "B", 2020, {}, other.pk),
    ]


def test_no_row_takes_no_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert insert_many(Organisation() for _ in range(0)) == []
