"""Fixture of a committee with needs to decide, also used by tests of meetings and decisions."""

from support.committee import committee, drawn_as_data

__all__ = ["committee", "drawn_as_data"]
