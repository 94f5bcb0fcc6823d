"""Civil years, and the days that a mission really lived in each."""

from datetime import date

from explor.actors.lending.rules import days_by_year
from explor.journey.missions.states import Stay

FIRST, LAST = 2000, 2100


def year_of(typed: str, today: date) -> int:
    """Return a year typed in an address, that of today when it is no year."""
    year = int(typed) if typed.isdecimal() and len(typed) == 4 else 0
    return year if FIRST <= year <= LAST else today.year


def days_spent(stay: Stay | None, year: int, today: date) -> int:
    """Return how many days of a stay were lived in a civil year.

    A stay that has not ended counts until today; none without a journey.
    """
    if stay is None:
        return 0
    end = stay.end if stay.end_is_real else min(stay.end, today)
    if end < stay.start:
        return 0
    return days_by_year(stay.start, end).get(year, 0)
