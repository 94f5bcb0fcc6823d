"""Pure rules of the figures: what is counted, what is hidden, how it is said."""

from .counting import BANDS, Figures, MissionRow, NeedRow, SheetRow, band_of, count
from .privacy import HIDDEN, LESS, K, Scope
from .words import opening

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
    "opening",
]
