"""Queries on travel advice: the reading that applies to a place, and the board."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.reference.selectors import fold
from explor.ground.travel_advice.models import Advice
from explor.ground.travel_advice.selectors import board, history, reading_for

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
OFFICER = Actor(person=1, role="reseau", scope=1)


def read(country="MG", place="", zone="V", age=0, **values):
    return Advice.objects.create(
        country=country,
        place=place,
        place_key=fold(place),
        zone=zone,
        read_on=TODAY - timedelta(days=age),
        url="https://conseils.exemple.test/",
        read_by_name="Camille Exemple",
        **values,
    )


def test_the_function_reading_for_returns_none_for_a_place_without_any_reading():
    read("SN")
    assert reading_for("MG", "Antsirabe", TODAY) is None


def test_a_place_without_travel_advice_reading_uses_the_reading_of_its_country():
    country_reading = read(zone="O", age=5)
    town = read(place="Antsirabe", zone="J", age=2)
    read(place="Toliara", zone="R")
    assert reading_for("MG", "Antsirabe", TODAY) == town
    assert reading_for("MG", "antsirabé", TODAY) == town
    assert reading_for("MG", "Fenoarivo", TODAY) == country_reading
    assert reading_for("MG", "", TODAY) == country_reading


def test_the_travel_advice_of_the_latest_date_applies_and_the_last_recorded_on_equal_dates():
    read(zone="V", age=9)
    read(zone="J", age=2)
    last = read(zone="O", age=2)
    assert reading_for("MG", "", TODAY) == last


def test_a_later_closing_of_a_country_overrides_the_travel_advice_of_the_place():
    read(place="Antsirabe", zone="V", age=3)
    closing = read(zone="V", country_status="closed", age=1)
    assert reading_for("MG", "Antsirabe", TODAY) == closing


def test_a_travel_advice_reading_later_than_the_requested_day_is_ignored():
    first = read(zone="V", age=20)
    read(zone="R", age=1)
    assert reading_for("MG", "", TODAY - timedelta(days=10)) == first


def test_finding_the_travel_advice_of_a_place_takes_one_query(django_assert_num_queries):
    read()
    read(place="Antsirabe")
    with django_assert_num_queries(1):
        reading_for("MG", "Antsirabe", TODAY)


def test_the_travel_advice_board_lists_the_last_reading_of_each_place_from_the_oldest():
    read(age=50)
    latest = read(age=4)
    town = read(place="Antsirabe", age=40)
    other = read("SN", age=2)
    assert list(board(OFFICER, TODAY)) == [town, latest, other]


@pytest.mark.parametrize(
    ("search", "places"),
    [
        ("", ["CI", "MG Antsirabe", "SN"]),
        ("ivoire", ["CI"]),
        ("cote d'", ["CI"]),
        ("mg", ["MG Antsirabe"]),
        ("ANTSI", ["MG Antsirabe"]),
        ("--", ["CI", "MG Antsirabe", "SN"]),
        ("atlantide", []),
    ],
)
def test_the_travel_advice_board_is_filtered_by_country_and_place(search, places):
    for country, place in [("CI", ""), ("MG", "Antsirabe"), ("SN", "")]:
        read(country, place)
    shown = [f"{each.country} {each.place}".strip() for each in board(OFFICER, TODAY, search)]
    assert shown == places


def test_the_travel_advice_history_of_a_country_has_every_reading():
    old, town, new = read(age=50), read(place="Antsirabe", age=40), read(age=4)
    read("SN")
    assert list(history(OFFICER, "MG")) == [new, town, old]


@pytest.mark.parametrize("role", ["association", "expert", "employeur", "partenaire", "public"])
def test_the_travel_advice_board_is_empty_for_roles_other_than_networks(role):
    read()
    assert list(board(Actor(role=role), TODAY)) == []
    assert list(history(Actor(role=role), "MG")) == []


def test_a_network_sees_the_travel_advice_readings_recorded_by_another_network():
    advice = read()
    for actor in (OFFICER, Actor(role="reseau", scope=2), Actor(role="coordination"), SYSTEM):
        assert list(board(actor, TODAY)) == [advice]


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"country": "mg"}, "travel_advice_country"),
        ({"zone": "X"}, "travel_advice_zone"),
        ({"country_status": "ouvert"}, "travel_advice_status"),
        ({"place": "--"}, "travel_advice_place_key"),
    ],
)
def test_the_database_refuses_an_invalid_travel_advice_reading(values, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        read(**values)
