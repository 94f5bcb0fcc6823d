"""French alphabetical order, the same in database queries and in Python."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from explor.actors.experts import selectors as experts
from explor.actors.networks.models import Network
from explor.actors.organisations import selectors as organisations
from explor.ground.accounts import selectors as accounts
from explor.ground.reference.selectors import sort_key
from explor.ground.ui.order import french_key
from factories import NetworkFactory, officer_actor

IN_ORDER = [
    "Algérie",
    "cœur d’or",
    "cote",
    "coté",
    "côte",
    "Côte d’Ivoire",
    "Eau vive",
    "Écoles sans bruit",
    "Économie solidaire",
    "Éléphants",
    "Étoile",
    "Forêts",
    "For\u00adge",
    "Formation",
    "L’Île-d’Yeu",
    "L’île de Ré",
    "Œuvres",
    "Zone",
]


def test_names_are_sorted_in_french_alphabetical_order_in_python() -> None:
    names = IN_ORDER.copy()
    random.Random(3).shuffle(names)
    assert sorted(names, key=sort_key)[6:10] == IN_ORDER[6:10]


@pytest.mark.django_db
def test_the_database_and_python_sort_names_alike() -> None:
    names = IN_ORDER.copy()
    random.Random(3).shuffle(names)
    with connection.cursor() as cursor:
        cursor.execute("SELECT n FROM unnest(%s::text[]) AS n ORDER BY french_key(n)", [names])
        by_database = [name for (name,) in cursor.fetchall()]
    assert by_database == sorted(names, key=sort_key)


@pytest.mark.django_db
def test_a_sorted_list_puts_accented_capitals_with_their_letter() -> None:
    for name in ("Zone", "Écoles sans bruit", "Eau vive", "Forêts"):
        NetworkFactory(name=name)
    rows = Network.objects.order_by(french_key("name")).values_list("name", flat=True)
    assert list(rows) == ["Eau vive", "Écoles sans bruit", "Forêts", "Zone"]


@pytest.mark.django_db
def test_the_french_sort_key_is_the_same_whatever_the_search_path() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT french_key('Œuvres d’Été')")
        expected = cursor.fetchone()
        cursor.execute("SET LOCAL search_path = ''")
        cursor.execute("SELECT public.french_key('Œuvres d’Été')")
        assert cursor.fetchone() == expected == ("oeuvres d ete\x01Œuvres d’Été",)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rows", "index"),
    [
        (lambda: organisations.search(officer_actor(NetworkFactory())), "organisation_by_name"),
        (accounts.people, "accounts_person_by_name"),
        (lambda: experts.search(officer_actor(NetworkFactory())), "accounts_person_by_name"),
    ],
)
def test_each_list_sorted_by_name_can_read_its_first_page_from_an_index(
    rows: Callable[[], QuerySet[Any]], index: str
) -> None:
    with connection.cursor() as cursor:
        # Without these settings, PostgreSQL scans a small table instead of its index.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
    assert f"using {index}" in rows()[:30].explain()
