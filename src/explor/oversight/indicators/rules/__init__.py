"""Pure rules of the public figures: what is counted, what is hidden, how sentences are worded."""

from .counting import BANDS, Figures, MissionRow, NeedRow, SheetRow, band_of, count
from .privacy import HIDDEN, LESS, K, Scope
from .words import heading, opening, plural

__all__ = [
    "BANDS",
    "HIDDEN",
    "LESS",
    "Figures",
    "K",
    "MissionRow",
    "NeedRow",
    "Scope",
    "SheetRow",
    "band_of",
    "count",
    "heading",
    "opening",
    "plural",
]
