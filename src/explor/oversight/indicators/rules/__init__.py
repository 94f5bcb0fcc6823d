"""Pure rules of the public figures: what is counted, what is hidden, how sentences are worded."""

from .counting import Figures, MissionRow, NeedRow, SheetRow, count
from .privacy import HIDDEN, LESS, K, Scope
from .settling import (
    BANDS,
    OPEN,
    RECORD,
    Settled,
    Stock,
    band_of,
    last_year_to_settle,
    quarter_of,
    round_stock,
    settle,
)
from .words import heading, opening, plural

__all__ = [
    "BANDS",
    "HIDDEN",
    "LESS",
    "OPEN",
    "RECORD",
    "Figures",
    "K",
    "MissionRow",
    "NeedRow",
    "Scope",
    "Settled",
    "SheetRow",
    "Stock",
    "band_of",
    "count",
    "heading",
    "last_year_to_settle",
    "opening",
    "plural",
    "quarter_of",
    "round_stock",
    "settle",
]
