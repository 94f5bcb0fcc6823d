"""Calendar of the law: months counted from a day, working days, dates written in French."""

from calendar import monthrange
from datetime import date, timedelta

MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


def months_after(day: date, months: int) -> date:
    """Return the same day `months` later, or the last day of the month if it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def working_days(start: date, end: date) -> int:
    """Count Mondays to Fridays from `start` to `end`, both included, even public holidays."""
    days = (end - start).days + 1
    return sum((start + timedelta(days=i)).weekday() < 5 for i in range(days))


def day_fr(day: date) -> str:
    """Return a date in French: 1er mars 2027."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {MONTHS[day.month - 1]} {day.year}"
