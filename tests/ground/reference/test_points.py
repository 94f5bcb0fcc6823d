"""Coordinates of countries, of towns named in a text, and of the seats of départements."""

import csv

import pytest

from explor.ground.reference.pages import centre_of, seat_of, towns_in
from explor.ground.reference.selectors import DATA, terms


@pytest.mark.parametrize(
    ("place", "count"),
    [
        ("Thiès", 1),
        ("thies", 1),
        ("Thiès et Mbour", 2),
        ("Région de Thiès", 0),
        ("Ville de Thiès, quartier Randoulène", 1),
        ("Thiès – Dakar, puis Thiès", 2),
        ("Thiès Nones", 1),
        ("", 0),
    ],
)
def test_a_place_is_located_only_by_the_complete_name_of_a_town(place: str, count: int) -> None:
    assert len(towns_in("SN", place)) == count


def test_a_town_is_searched_only_in_its_own_country() -> None:
    assert towns_in("ML", "Thiès") == []
    assert centre_of("ZZ") is None


def test_each_departement_has_a_seat_and_an_unknown_departement_has_none() -> None:
    assert [code for code in terms("departments") if seat_of(code) is None] == []
    assert seat_of("00") is None


def test_every_coordinate_is_on_the_earth_and_every_country_is_known() -> None:
    countries = terms("countries")
    for name in ("towns", "seats"):
        with (DATA / "places" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                assert -180 <= float(row["lon"]) <= 180
                assert -90 <= float(row["lat"]) <= 90
                assert row.get("country", "FR") in countries
