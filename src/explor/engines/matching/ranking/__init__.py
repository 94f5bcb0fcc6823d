"""Ranking of the experts for a need: eligibility rules, then a score in parts, with reasons."""

from ._codes import Closeness
from ._eligibility import RULES, eligible
from ._parts import Parts, weights_for
from ._pool import Judged, Pool, rank, text_of

__all__ = [
    "RULES",
    "Closeness",
    "Judged",
    "Parts",
    "Pool",
    "eligible",
    "rank",
    "text_of",
    "weights_for",
]
