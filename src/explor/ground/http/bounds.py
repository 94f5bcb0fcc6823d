"""Parsing of numbers and dates in the text of a request, with bounds."""

from datetime import date

LARGEST_ID = 2**63 - 1  # the largest primary key of PostgreSQL


def number_of(text: str, largest: int = LARGEST_ID) -> int | None:
    """Return a parameter of a URL or form as an integer; None if it is not one or is too large."""
    number = int(text) if text.isdecimal() and len(text) <= 19 else None
    return number if number is not None and number <= largest else None


def stored_day(text: str) -> date:
    """Parse an ISO date that Explor wrote itself, for instance in a JSON column.

    Raises:
        ValueError: the text is not an ISO date.
    """
    return date.fromisoformat(text)
