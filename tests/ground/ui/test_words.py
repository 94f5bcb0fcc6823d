"""The search of a list: its cost depends on the number of words, up to a limit."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Q

from explor.actors.experts import selectors as experts
from explor.actors.organisations import selectors as organisations
from explor.actors.projects import selectors as projects
from explor.ground.accounts import selectors as accounts
from explor.ground.accounts.models import Person
from explor.ground.http.actor import Actor
from explor.ground.ui.words import each_word_of
from explor.journey.admissibility import selectors as admissibility
from explor.journey.missions import selectors as missions
from explor.journey.needs import selectors as needs
from explor.journey.sheets import selectors as sheets
from explor.journey.shortlists import selectors as shortlists

BY = Actor(person=1, role="reseau", scope=1, key="resacoop")
SEARCHES: list[Callable[[str], Any]] = [
    lambda q: accounts.people(q),
    lambda q: experts.search(BY, q=q, sector="", state=""),
    lambda q: organisations.search(BY, q=q, kind="", state=""),
    lambda q: projects.search(BY, q=q),
    lambda q: needs.search(BY, q=q, state="", country=""),
    lambda q: missions.search(BY, q=q, state="", country="", month=""),
    lambda q: admissibility.board(BY, q=q, state="", officer="", call=""),
    lambda q: sheets.search(BY, q=q, state=""),
    lambda q: shortlists.missions_to_fill(q=q, pays="", secteur=""),
    lambda q: shortlists.searched(BY, q),
    lambda q: accounts.valid_links(q),
]


@pytest.mark.parametrize("search", SEARCHES)
def test_a_list_search_has_one_condition_for_each_word_up_to_twelve_words(
    search: Callable[[str], Any],
) -> None:
    def length(count: int) -> int:
        sql, _ = search(
            " ".join(f"mot{chr(97 + n % 26)}" for n in range(count))
        ).query.sql_with_params()
        return len(sql)

    one = length(3) - length(2)
    assert length(5) - length(2) == 3 * one
    assert length(40) - length(2) == 10 * one


def test_a_list_search_finds_rows_where_each_word_is_in_at_least_one_of_the_columns() -> None:
    condition = each_word_of("Aya du Mali", "name", "city", codes=["rna__iexact"])
    name, city = "name__unaccent__icontains", "city__unaccent__icontains"
    assert str(condition) == (
        f"(AND: (OR: ('{name}', 'aya'), ('{city}', 'aya'), ('rna__iexact', 'Aya')),"
        f" (OR: ('{name}', 'mali'), ('{city}', 'mali'), ('rna__iexact', 'Mali')))"
    )
    assert not each_word_of("  ", "name")


@pytest.mark.parametrize("typed", ["%", "« – »", "_"])
def test_a_list_search_made_only_of_signs_finds_no_row(typed: str) -> None:
    assert each_word_of(typed, "name") == Q(pk__in=[])


NAMES = (
    "L’Œuvre de Saint-Étienne",
    "Agro-écologie au Sahel",
    "L'eau et les ecoles",
    "Solidarité Hôpitaux",
)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("saint etienne", NAMES[0]),
        ("ETIENNE l’œuvre", NAMES[0]),
        ("oeuvre de\u00a0Saint‑Étienne", NAMES[0]),
        ("« E\u0301tienne »", NAMES[0]),
        ("agroécologie", NAMES[1]),
        ("agro écologie", NAMES[1]),
        ("sahel, agro-ecologie", NAMES[1]),
        ("L’École de l’eau", NAMES[2]),
        ("des écoles", NAMES[2]),
        ("hopitaux solidarite", NAMES[3]),
        ("l’hôpital", None),
        ("sahel étienne", None),
    ],
)
def test_a_list_finds_words_in_any_order_whatever_their_typography(
    typed: str, name: str | None
) -> None:
    for at, each in enumerate(NAMES):
        Person.objects.create_user(f"{at}@exemple.example", name=each)
    assert [person.name for person in accounts.people(typed)] == [name] * (name is not None)
