"""The real days of a mission in a year, and the value of the employer's gift for them."""

from .gifts import GiftLine, can_value, gift_line
from .stays import days_spent, year_of

__all__ = ["GiftLine", "can_value", "days_spent", "gift_line", "year_of"]
