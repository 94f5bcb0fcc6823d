"""Fixture of a committee with needs to decide, also used by tests of committees and meetings."""

from support.committee import committee, drawn_as_data

__all__ = ["committee", "drawn_as_data"]
