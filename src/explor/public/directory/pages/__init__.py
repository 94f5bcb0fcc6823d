"""Template contexts of the pages of the directory."""

from .cards import cards, lines
from .downloads import MIMES, download
from .facets import chips, facets_of
from .sheet import sheet_context
from .similar import similar_sheets
from .suggestions import spelling_of, suggestions, title_of
from .world import home_figures, places, world

__all__ = [
    "MIMES",
    "cards",
    "chips",
    "download",
    "facets_of",
    "home_figures",
    "lines",
    "places",
    "sheet_context",
    "similar_sheets",
    "spelling_of",
    "suggestions",
    "title_of",
    "world",
]
