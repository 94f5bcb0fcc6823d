"""Similar names of organisations: every likely duplicate is listed, with few comparisons."""

import random

import pytest
from django.db import connection

from explor.actors.duplicates.selectors import pairs_of
from explor.actors.organisations.models import Organisation
from factories import AssociationFactory, NetworkFactory

pytestmark = pytest.mark.django_db
SYLLABLES = [a + b for a in "bcdfglmnprstv" for b in ("a", "é", "i", "on", "u", "eau")]
EVERY = """
    SELECT a.id, b.id FROM organisations_organisation a JOIN organisations_organisation b
    ON a.id < b.id AND lower(unaccent(a.name)) <> lower(unaccent(b.name))
    AND similarity(lower(unaccent(a.name)), lower(unaccent(b.name))) >= 0.6 ORDER BY 1, 2
"""
COMPARED = "SELECT calls FROM pg_stat_xact_user_functions WHERE funcname = 'similarity'"


def word(dice: random.Random) -> str:
    return "".join(dice.sample(SYLLABLES, dice.randint(2, 5)))


def asked(sql: str) -> list[tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def test_all_pairs_of_similar_names_are_listed_with_under_a_third_of_the_comparisons() -> None:
    dice, network = random.Random(20261130), NetworkFactory()
    for number in range(200):
        name = f"Association {word(dice)} {word(dice)} {word(dice)}"
        AssociationFactory(network=network, name=name, postcode="69007", siret="", siren="")
        if number % 10 == 0:
            near = name.replace("Association", dice.choice(("Asso", "L’association", "Les")))
            AssociationFactory(network=network, name=near, postcode="69007", siret="", siren="")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL track_functions = 'all'")
    listed = [(one.pk, other.pk) for one, other, _ in pairs_of(network.pk)]
    [(compared,)] = asked(COMPARED)
    assert listed == asked(EVERY)
    assert len(listed) >= 10
    count = Organisation.objects.count()
    assert compared < count * (count - 1) / 2 / 3
