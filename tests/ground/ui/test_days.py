"""The first of a month is « 1er » in French, in Python and in templates."""

from datetime import UTC, date, datetime

import pytest
from django.template import engines
from django.utils.translation import override

from explor.ground.ui.days import date_format

FIRST, SECOND = date(2026, 12, 1), date(2026, 12, 2)
PATTERNS = [
    (FIRST, "j F Y", "1er décembre 2026"),
    (FIRST, "j N", "1er déc."),
    (FIRST, "l j F", "mardi 1er décembre"),
    (FIRST, "DATE_FORMAT", "1er décembre 2026"),
    (SECOND, "j F Y", "2 décembre 2026"),
    (date(2026, 12, 11), "j F Y", "11 décembre 2026"),
    (FIRST, "j/m/Y", "1/12/2026"),
    (FIRST, "d/m/Y", "01/12/2026"),
]


def drawn(value: object, pattern: str) -> str:
    template = engines["django"].from_string("{{ value|date:pattern }}")
    return str(template.render({"value": value, "pattern": pattern}))


@pytest.mark.parametrize(("day", "pattern", "words"), PATTERNS)
def test_the_first_day_of_a_month_is_written_as_an_ordinal_in_french(
    day: date, pattern: str, words: str
) -> None:
    assert date_format(day, pattern) == words
    assert drawn(day, pattern) == words


def test_the_date_of_a_time_is_that_of_its_day_in_paris() -> None:
    last_evening = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
    words = "1er décembre 2026 à 00:30"
    assert drawn(last_evening, "j F Y à H:i") == words
    assert date_format(last_evening, "j F Y à H:i") == words


def test_dates_in_another_language_keep_the_format_of_that_language() -> None:
    with override("en"):
        assert date_format(FIRST, "j F Y") == "1 December 2026"


@pytest.mark.parametrize("value", ["", None, "demain"])
def test_a_value_that_is_not_a_date_is_written_as_an_empty_text(value: str | None) -> None:
    assert drawn(value, "j F Y") == ""


def test_a_machine_readable_time_has_no_fraction_of_a_second() -> None:
    exact = datetime(2026, 11, 30, 23, 30, 5, 123456, tzinfo=UTC)
    assert drawn(exact, "c") == "2026-12-01T00:30:05+01:00"
