"""A committee with needs to decide, shared by the tests of its three capabilities."""

from support.committee import committee, drawn_as_data

__all__ = ["committee", "drawn_as_data"]
