"""Names close to those of known organisations, as PostgreSQL compares them."""

import random
from typing import Any

import pytest
from django.db import connection

from explor.actors.member_imports.selectors import ALIKE, SimilarNames
from explor.actors.organisations.models import Organisation
from explor.ground.reference.selectors import fold
from factories import NetworkFactory

pytestmark = pytest.mark.django_db
WORDS = ("Rives", "Sources", "Écoles", "Fontaines", "du", "Sud", "Val", "Comité", "Amis", "Été")
CLOSEST = """
    SELECT name FROM organisations_organisation
    WHERE similarity(%s, lower(unaccent(name))) >= %s
    ORDER BY similarity(%s, lower(unaccent(name))) DESC, id LIMIT 1
"""


def organisations(network: Any, names: list[str]) -> None:
    Organisation.objects.bulk_create(
        Organisation(kind="association", network=network, name=name, slug=f"o-{at}", city="Lyon")
        for at, name in enumerate(names)
    )


def test_the_closest_known_name_is_the_one_that_postgresql_similarity_finds() -> None:
    network, drawn = NetworkFactory(), random.Random(7)
    known = [" ".join(drawn.choices(WORDS, k=drawn.randint(1, 4))) for _ in range(300)]
    organisations(network, known)
    names = SimilarNames(network.pk, "association")
    searched = known[:60] + [f"{name}s" for name in known[:60]]
    searched += [" ".join(drawn.choices(WORDS, k=3)) for _ in range(120)]
    close = 0
    for name in searched:
        folded = fold(name)
        with connection.cursor() as cursor:
            cursor.execute(CLOSEST, [folded, ALIKE, folded])
            [expected] = [f"« {row[0]} » (Lyon)" for row in cursor.fetchall()] or [""]
        assert names.nearest(name) == expected, name
        close += bool(expected)
    assert 100 < close < len(searched)


def test_no_known_name_is_close_to_a_name_without_letters() -> None:
    network = NetworkFactory()
    organisations(network, ["Rives"])
    assert SimilarNames(network.pk, "association").nearest("…") == ""


def test_comparing_many_imported_names_loads_the_known_names_in_one_query(
    django_assert_num_queries: Any,
) -> None:
    network = NetworkFactory()
    organisations(network, ["Rives", "Sources"])
    with django_assert_num_queries(1):
        names = SimilarNames(network.pk, "association")
        assert {names.nearest(f"Rives {n}") for n in range(10)} == {"« Rives » (Lyon)"}
