"""Database queries of the directory: search, version, project sheets, email alerts."""

from .alerts import alert_of, news_for, unconfirmed
from .filters import SORTS, Filters
from .index import Version, forget, index_revision, withdrawn_since
from .results import Results, search
from .sheets import find_sheet, near, photo_of, similar_titles
from .words import shorter_searches

__all__ = [
    "SORTS",
    "Filters",
    "Results",
    "Version",
    "alert_of",
    "find_sheet",
    "forget",
    "index_revision",
    "near",
    "news_for",
    "photo_of",
    "search",
    "shorter_searches",
    "similar_titles",
    "unconfirmed",
    "withdrawn_since",
]
