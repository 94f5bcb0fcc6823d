"""Rules on travel advice: verdicts, stale readings, the reading that applies to a place."""

from datetime import date, timedelta

import pytest

from explor.ground.http.actor import Actor
from explor.ground.travel_advice.models import Advice, Status, Zone
from explor.ground.travel_advice.rules import (
    Outcome,
    blockers_of_reading,
    can_record,
    is_stale,
    prevailing,
    verdict,
)

TODAY = date(2026, 11, 23)


def advice(zone=Zone.GREEN, status=Status.OPEN, *, age=0, place=""):
    return Advice(
        country="MG",
        place=place,
        zone=zone,
        country_status=status,
        read_on=TODAY - timedelta(days=age),
    )


@pytest.mark.parametrize(
    ("zone", "status", "outcome"),
    [
        ("V", "open", Outcome.CLEAR),
        ("J", "open", Outcome.CLEAR),
        ("O", "open", Outcome.APPROVAL),
        ("R", "open", Outcome.STOP),
        ("V", "approval", Outcome.APPROVAL),
        ("J", "approval", Outcome.APPROVAL),
        ("O", "approval", Outcome.APPROVAL),
        ("R", "approval", Outcome.STOP),
        ("V", "closed", Outcome.STOP),
        ("J", "closed", Outcome.STOP),
        ("O", "closed", Outcome.STOP),
        ("R", "closed", Outcome.STOP),
    ],
)
def test_the_more_severe_of_zone_colour_and_country_status_decides_the_travel_verdict(
    zone, status, outcome
):
    assert verdict(advice(zone, status), TODAY).outcome == outcome


@pytest.mark.parametrize(
    ("zone", "status", "sentence"),
    [
        ("V", "open", "zone verte, vigilance normale. Rien ne s’oppose au départ."),
        (
            "J",
            "open",
            "zone jaune, vigilance renforcée. Le départ est possible, après un point de sécurité.",
        ),
        (
            "O",
            "open",
            "zone orange, déconseillée sauf raison impérative. "
            "Un accord écrit et motivé est demandé.",
        ),
        (
            "R",
            "approval",
            "zone rouge, formellement déconseillée. La mission ne peut pas partir.",
        ),
        (
            "V",
            "approval",
            "pays ouvert avec validation. Un accord écrit et motivé est demandé.",
        ),
        ("R", "closed", "pays fermé. La mission ne peut pas partir."),
    ],
)
def test_the_sentence_of_a_travel_advice_verdict_gives_its_reason(zone, status, sentence):
    result = verdict(advice(zone, status, place="Antsirabe"), TODAY)
    assert result.sentence == f"Madagascar, Antsirabe, relevé du 23 novembre 2026 : {sentence}"


def test_a_place_without_travel_advice_reading_blocks_departure():
    result = verdict(None, TODAY)
    assert result.outcome == Outcome.TO_READ
    assert result.sentence == "Les conseils aux voyageurs n’ont pas été relevés pour ce lieu."


@pytest.mark.parametrize(("age", "stale"), [(0, False), (30, False), (31, True), (400, True)])
def test_a_reading_of_travel_advice_is_stale_after_a_number_of_days(age, stale):
    assert is_stale(advice(age=age), TODAY) == stale
    assert (verdict(advice(age=age), TODAY).outcome == Outcome.TO_READ) == stale


def test_the_number_of_days_before_a_reading_is_stale_is_a_setting(settings):
    settings.TRAVEL_ADVICE_DAYS = 7
    result = verdict(advice("R", age=8), TODAY)
    assert result.sentence == (
        "Madagascar, relevé du 15 novembre 2026 : il a plus de 7 jours, "
        "relevez de nouveau les conseils aux voyageurs."
    )


PLACE = {"age": 10, "place": "Antsirabe"}


@pytest.mark.parametrize(
    ("place", "country", "kept"),
    [
        (advice("O", **PLACE), advice("V", age=1), "place"),
        (advice("V", **PLACE), advice("J", age=20), "place"),
        (advice("V", **PLACE), advice("R", age=20), "place"),
        (advice("V", **PLACE), advice("R", age=10), "place"),
        (advice("V", **PLACE), advice("O", age=1), "country"),
        (advice("V", **PLACE), advice("J", age=1), "country"),
        (advice("J", **PLACE), advice("V", "closed", age=1), "country"),
        (advice("R", **PLACE), advice("V", "closed", age=1), "place"),
        (None, advice("V"), "country"),
        (advice("V", **PLACE), None, "place"),
    ],
)
def test_date_and_severity_decide_if_the_advice_on_the_place_or_the_country_applies(
    place, country, kept
):
    assert prevailing(place, country) is {"place": place, "country": country}[kept]


def test_no_travel_advice_applies_when_no_reading_is_recorded():
    assert prevailing(None, None) is None


@pytest.mark.parametrize(
    ("role", "allowed"),
    [("reseau", True), ("association", False), ("coordination", False), ("public", False)],
)
def test_only_networks_may_record_readings_of_travel_advice(role, allowed):
    assert can_record(Actor(role=role)) == allowed


@pytest.mark.parametrize(
    ("country", "place", "day", "reasons"),
    [
        ("MG", "", TODAY, {}),
        ("MG", "Antsirabe", TODAY - timedelta(days=3), {}),
        ("ZZ", "", TODAY, {"country": "Choisissez un pays de la liste."}),
        ("MG", "--", TODAY, {"place": "Le lieu doit contenir des lettres ou des chiffres."}),
        (
            "MG",
            "",
            TODAY + timedelta(days=1),
            {"read_on": "La date du relevé est dans l’avenir."},
        ),
    ],
)
def test_an_invalid_travel_advice_reading_is_refused_with_a_reason_by_field(
    country, place, day, reasons
):
    assert blockers_of_reading(country, place, day, TODAY) == reasons
