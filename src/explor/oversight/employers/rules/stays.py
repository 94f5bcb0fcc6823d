"""Civil years, and the real days of a mission in each of them."""

from datetime import date

from explor.actors.lending.rules import days_by_year
from explor.ground.http.bounds import number_of
from explor.journey.missions.states import Stay

FIRST, LAST = 2000, 2100


def year_of(value: str, today: date) -> int:
    """Return the year of a query parameter, or the year of `today` when it is not a valid year.

    Years from `FIRST` to `LAST` are valid.
    """
    year = number_of(value) or 0
    return year if FIRST <= year <= LAST else today.year


def days_spent(stay: Stay | None, year: int, today: date) -> int:
    """Return how many real days of a stay fall in a civil year.

    The days of a stay that has not ended count until today; a mission without travel has none.
    """
    if stay is None:
        return 0
    end = stay.end if stay.end_is_real else min(stay.end, today)
    if end < stay.start:
        return 0
    return days_by_year(stay.start, end).get(year, 0)
