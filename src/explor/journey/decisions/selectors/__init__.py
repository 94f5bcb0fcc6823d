"""Database reads of decisions."""

from .decisions import (
    announced_needs,
    announced_of,
    due,
    has_unannounced,
    letters_of,
    needs_before_committee,
)
from .ranking import Money, RankedNeed, money_of, ranking

__all__ = [
    "Money",
    "RankedNeed",
    "announced_needs",
    "announced_of",
    "due",
    "has_unannounced",
    "letters_of",
    "money_of",
    "needs_before_committee",
    "ranking",
]
