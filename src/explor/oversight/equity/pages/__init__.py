"""Equity figures and panels, formatted for pages and CSV files."""

from .files import (
    RATES,
    SPREADS,
    STAYS,
    slowest,
    spreads_to_export,
    stays_to_export,
    with_bars,
)
from .people import EXPORTED, clear_gaps, displayed, for_expert, rows_to_export

__all__ = [
    "EXPORTED",
    "RATES",
    "SPREADS",
    "STAYS",
    "clear_gaps",
    "displayed",
    "for_expert",
    "rows_to_export",
    "slowest",
    "spreads_to_export",
    "stays_to_export",
    "with_bars",
]
