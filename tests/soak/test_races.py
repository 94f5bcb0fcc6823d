"""Races: of eight people who send a form at once, one succeeds and seven get the reason why not."""

import re
from collections.abc import Callable

import pytest

from support.races import Race, faults_of, without_guards
from support.soak import length

from .scenes import PEOPLE, RACES

pytestmark = [pytest.mark.soak, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("race", RACES, ids=lambda race: race.name)
def test_one_of_eight_concurrent_people_succeeds_and_the_others_see_why_they_did_not(
    race: Race, record_property: Callable[[str, object], None]
) -> None:
    rounds = length(1, 200)
    assert [fault for _ in range(rounds) for fault in faults_of(race)] == []
    record_property(
        "figure",
        f"{race.name}: {rounds} rounds of {PEOPLE} people, {rounds} winners,"
        f" {rounds * (PEOPLE - 1)} refusals 409, 0 error 500",
    )
    with without_guards(race):
        several = " ".join(faults_of(race))
    assert re.search(r"granted [2-9] times|\b500: ", several), several
