"""The days that a mission lived in a year, the value of what its employer gives for it."""

from .gifts import GiftLine, can_value, gift_line
from .stays import days_spent, year_of

__all__ = ["GiftLine", "can_value", "days_spent", "gift_line", "year_of"]
