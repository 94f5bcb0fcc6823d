"""Months after a date, public holidays and working days by territory."""

from calendar import monthrange
from datetime import date, timedelta
from functools import cache, lru_cache

from holidays import country_holidays

from .tables import territories

SATURDAY, SUNDAY = 5, 6


def months_after(day: date, months: int) -> date:
    """Return the same day `months` months later, or the last day of that month if shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@cache
def public_holidays(year: int, department: str | None = None) -> frozenset[date]:
    """Return the public holidays of a year (C. trav. L3133-1, L3134-13, L3422-2).

    Args:
        year: the civil year.
        department: the INSEE code of the place of work; the holidays of the mainland are used when
            it is None or has no holidays of its own.
    """
    territory = territories().get(department or "")
    calendar = country_holidays("FR", subdiv=territory.calendar if territory else None, years=year)
    return frozenset(calendar)


@lru_cache(maxsize=4096)
def working_days(start: date, end: date, department: str | None = None) -> int:
    """Return the number of Mondays to Fridays from `start` to `end`, without public holidays.

    Both days are included; `department` selects the holidays, as in `public_holidays`.
    """
    return _days(start, end, department, off=(SATURDAY, SUNDAY))


@lru_cache(maxsize=4096)
def leave_days(start: date, end: date, department: str | None = None) -> int:
    """Return the number of Mondays to Saturdays from `start` to `end`, without public holidays.

    Both days are included; `department` selects the holidays, as in `public_holidays`. These are
    the days in which C. trav. L3141-3 counts paid leave (jours ouvrables).
    """
    return _days(start, end, department, off=(SUNDAY,))


def _days(start: date, end: date, department: str | None, off: tuple[int, ...]) -> int:
    days = (start + timedelta(days=i) for i in range((end - start).days + 1))
    return sum(
        day.weekday() not in off and day not in public_holidays(day.year, department)
        for day in days
    )
