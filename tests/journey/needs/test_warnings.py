"""Warnings on a need, and the facts that each depends on."""

from datetime import date, timedelta
from typing import Any

import pytest

from explor.journey.needs.rules import WarningFacts, warnings_about

TODAY = date(2026, 11, 23)
FAR = {"start": date(2027, 4, 1), "end": date(2027, 5, 31), "days": 10}


def plan(**facts: Any) -> WarningFacts:
    return WarningFacts(today=TODAY, **facts)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        (FAR, []),
        ({"days": 9, "deliverables": 3, "objectives": 3}, []),
        (
            {"days": 8, "deliverables": 3},
            [
                "3 livrables en 8 jours : comptez environ 3 jours pour chacun. "
                "Gardez les plus utiles, ou allongez la durée."
            ],
        ),
        (
            {"objectives": 4},
            [
                "4 objectifs : au-delà de 3, une mission courte en laisse de côté. "
                "Lesquels comptent vraiment ?"
            ],
        ),
        (
            {"seats": 2},
            [
                "2 personnes : chacune est cherchée, libérée par son employeur et financée à part. "
                "Dites dans le profil ce que chacune fera."
            ],
        ),
        (
            {**FAR, "committee_on": date(2027, 3, 1)},
            [
                "Le départ le plus tardif est le 22/05/2027, à 82 jours du comité : comptez "
                "environ 90 jours pour préparer. Ouvrez la fenêtre plus tard."
            ],
        ),
        (
            {"start": TODAY, "end": TODAY + timedelta(days=60), "days": 10},
            [
                "Le départ le plus tardif est le 13/01/2027, à 51 jours d’aujourd’hui : comptez "
                "environ 90 jours pour préparer. Ouvrez la fenêtre plus tard."
            ],
        ),
        (
            {"start": date(2027, 5, 1), "end": date(2027, 5, 15), "days": 10},
            [
                "La fenêtre laisse 5 jours de choix pour le départ : avec 14 jours ou plus, "
                "davantage de personnes peuvent se rendre disponibles."
            ],
        ),
        ({"zone": "V"}, []),
        ({"zone": "J"}, []),
    ],
)
def test_each_warning_on_a_need_is_returned_for_the_facts_that_cause_it(
    facts: dict[str, Any], expected: list[str]
) -> None:
    assert warnings_about(plan(**facts)) == expected


@pytest.mark.parametrize(("zone", "word"), [("O", "zone orange"), ("R", "zone rouge")])
def test_an_orange_or_red_travel_zone_causes_a_warning_on_a_need(zone: str, word: str) -> None:
    assert [word in sentence for sentence in warnings_about(plan(zone=zone))] == [True]
