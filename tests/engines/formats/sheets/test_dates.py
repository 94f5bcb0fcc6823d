"""Partial dates of sheets (a year, a month or a day), written in French or in ISO format."""

from datetime import date

import pytest
from engines.formats.strategies import dates
from hypothesis import given

from explor.engines.formats.sheets import PartialDate


@pytest.mark.parametrize(
    ("text", "year", "month", "day"),
    [
        ("décembre 2022", 2022, 12, None),
        ("Decembre 2022", 2022, 12, None),
        ("12/2022", 2022, 12, None),
        ("2022-12", 2022, 12, None),
        ("3 mars 2024", 2024, 3, 3),
        ("1er août 2024", 2024, 8, 1),
        ("le 3 mars 2024", 2024, 3, 3),
        ("03/04/2024", 2024, 4, 3),
        ("2018-12-31", 2018, 12, 31),
        ("sept. 2023", 2023, 9, None),
        (" 2019 ", 2019, None, None),
    ],
)
def test_a_date_is_parsed_as_a_year_a_month_or_a_day(text, year, month, day):
    assert PartialDate.parse(text) == PartialDate(year=year, month=month, day=day)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bientôt",
        "31/02/2024",
        "13/2022",
        "0",
        "99999",
        "1899",
        "2101",
        "31/12/9999",
        "mars",
        "2022-2023",
        "30 fructidor 2024",
    ],
)
def test_a_text_that_is_not_a_date_is_refused_with_a_french_message(text):
    with pytest.raises(ValueError, match=r"^date incomprise : "):
        PartialDate.parse(text)


@given(dates)
def test_a_date_written_in_french_or_in_iso_parses_to_the_same_date(day):
    assert PartialDate.parse(str(day)) == day
    assert PartialDate.parse(day.iso()) == day


def test_a_partial_date_runs_from_the_first_to_the_last_day_of_its_year_or_month():
    assert PartialDate(year=2024, month=2).last_day() == date(2024, 2, 29)
    assert PartialDate(year=2019).first_day() == date(2019, 1, 1)
    assert PartialDate(year=2019).last_day() == date(2019, 12, 31)
    assert PartialDate(year=2019, month=4, day=5).last_day() == date(2019, 4, 5)


def test_a_date_is_shown_in_french():
    assert str(PartialDate(year=2024, month=3, day=1)) == "1er mars 2024"
    assert str(PartialDate(year=2022, month=12)) == "décembre 2022"
    assert PartialDate.from_date(date(2024, 3, 1)).iso() == "2024-03-01"


@pytest.mark.parametrize("parts", [{"year": 999}, {"year": 2024, "day": 3}])
def test_an_impossible_partial_date_raises_an_error(parts):
    with pytest.raises(ValueError, match=r"impossible|mois"):
        PartialDate(**parts)
