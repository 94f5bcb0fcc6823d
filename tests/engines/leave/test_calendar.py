from datetime import date

import pytest

from explor.engines.leave.calendar import day_fr, months_after, working_days


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
def test_months_after_a_day_end_on_the_last_day_of_a_shorter_month(day, months, result):
    assert months_after(day, months) == result


def test_working_days_exclude_saturdays_and_sundays():
    assert working_days(date(2027, 4, 5), date(2027, 4, 16)) == 10
    assert working_days(date(2027, 4, 10), date(2027, 4, 11)) == 0


def test_days_are_written_in_french():
    assert day_fr(date(2027, 3, 1)) == "1er mars 2027"
    assert day_fr(date(2027, 8, 21)) == "21 août 2027"
