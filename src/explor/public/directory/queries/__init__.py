"""Reads of the directory."""

from .advice import ways_out
from .answers import Answer, answer
from .asked import FACETS, SORTS, Asked
from .cards import cards, listed
from .editions import Version, edition, withdrawn_since
from .facets import chips, shown
from .life import alert_of, news_for, to_remind, versions
from .panels import missions_of
from .reading import carrier_facts_of, facts_of, sections_of
from .sheets import draft_of, find_sheet, page_of, photo_of
from .takeaway import MIMES, written
from .world import home_figures, places, world

__all__ = [
    "FACETS",
    "MIMES",
    "SORTS",
    "Answer",
    "Asked",
    "Version",
    "alert_of",
    "answer",
    "cards",
    "carrier_facts_of",
    "chips",
    "draft_of",
    "edition",
    "facts_of",
    "find_sheet",
    "home_figures",
    "listed",
    "missions_of",
    "news_for",
    "page_of",
    "photo_of",
    "places",
    "sections_of",
    "shown",
    "to_remind",
    "versions",
    "ways_out",
    "withdrawn_since",
    "world",
    "written",
]
