"""Reads of the directory."""

from .panels import missions_of
from .reading import carrier_facts_of, facts_of, sections_of
from .search import (
    COLUMNS,
    Asked,
    cards,
    facets,
    home_figures,
    options,
    search,
    world,
)

__all__ = [
    "COLUMNS",
    "Asked",
    "cards",
    "carrier_facts_of",
    "facets",
    "facts_of",
    "home_figures",
    "missions_of",
    "options",
    "search",
    "sections_of",
    "world",
]
