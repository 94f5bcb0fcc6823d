"""The days that a mission lived in a year, the value of what its employer gives for it."""

from .gifts import GiftLine, can_value, gift_line
from .stays import lived_in, year_of

__all__ = ["GiftLine", "can_value", "gift_line", "lived_in", "year_of"]
