"""Bounds of what a request gives as text: the one place that reads a number or a stored date."""

from datetime import date

LARGEST_ID = 2**63 - 1  # the largest identifier of PostgreSQL


def number_of(text: str, largest: int = LARGEST_ID) -> int | None:
    """Return the number of a parameter of a URL or a form; None for another text, or too large."""
    number = int(text) if text.isdecimal() and len(text) <= 19 else None
    return number if number is not None and number <= largest else None


def stored_day(text: str) -> date:
    """Return the day of a text in ISO format that Explor wrote itself, as in a JSON column."""
    return date.fromisoformat(text)
