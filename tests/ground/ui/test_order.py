"""French alphabetical order, the same in database queries and in Python."""

import random

import pytest
from django.db import connection

from explor.actors.networks.models import Network
from explor.ground.reference.selectors import sort_key
from explor.ground.ui.order import french_key
from factories import NetworkFactory

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
