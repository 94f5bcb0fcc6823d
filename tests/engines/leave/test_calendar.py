"""Months after a date, public holidays by territory, working days and leave days."""

from datetime import date

import pytest

from explor.engines.french.dates import day_fr
from explor.engines.leave.calendar import (
    leave_days,
    months_after,
    public_holidays,
    working_days,
)
from explor.engines.leave.tables import territories


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2027, 4, 16), 6, date(2027, 10, 16)),
        (date(2027, 12, 5), 12, date(2028, 12, 5)),
        (date(2027, 8, 30), 6, date(2028, 2, 29)),
        (date(2027, 4, 16), 0, date(2027, 4, 16)),
    ],
)
def test_adding_months_to_a_day_stops_at_the_last_day_of_a_shorter_month(day, months, result):
    assert months_after(day, months) == result


def test_working_days_exclude_saturdays_and_sundays():
    assert working_days(date(2027, 4, 5), date(2027, 4, 16)) == 10
    assert working_days(date(2027, 4, 10), date(2027, 4, 11)) == 0


def test_the_first_half_of_may_2027_has_nine_working_days_and_nine_leave_days():
    assert working_days(date(2027, 5, 1), date(2027, 5, 14)) == 9
    assert leave_days(date(2027, 5, 1), date(2027, 5, 14)) == 9


def test_leave_days_between_two_dates_include_saturdays():
    assert leave_days(date(2027, 4, 5), date(2027, 4, 16)) == 11


@pytest.mark.parametrize(
    ("department", "day"),
    [
        ("57", date(2027, 12, 26)),
        ("67", date(2027, 3, 26)),
        ("68", date(2027, 12, 26)),
        ("971", date(2027, 5, 27)),
        ("972", date(2027, 5, 22)),
        ("973", date(2027, 6, 10)),
        ("974", date(2027, 12, 20)),
        ("976", date(2027, 4, 27)),
        ("977", date(2027, 10, 9)),
        ("988", date(2027, 9, 24)),
    ],
)
def test_an_overseas_or_alsace_moselle_departement_adds_its_own_public_holidays(department, day):
    assert day in public_holidays(2027, department)
    assert day not in public_holidays(2027)
    assert public_holidays(2027) <= public_holidays(2027, department)


def test_the_mainland_has_the_eleven_public_holidays_of_the_labour_code():
    assert len(public_holidays(2027)) == 11
    assert public_holidays(2027, "75") == public_holidays(2027)


def test_two_departements_with_a_calendar_of_their_own_add_no_public_holiday():
    mainland = public_holidays(2027)
    assert all(mainland <= public_holidays(2027, each) for each in territories())
    equal = {each for each in territories() if public_holidays(2027, each) == mainland}
    assert equal == {"975", "984"}


def test_days_are_written_in_french():
    assert day_fr(date(2027, 3, 1)) == "1er mars 2027"
    assert day_fr(date(2027, 8, 21)) == "21 août 2027"
