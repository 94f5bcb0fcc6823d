"""Panels, tasks, rows and texts of the pages of incidents."""

from .board import BOARD_COLUMNS, abroad_today, board_of
from .effects import (
    CLOSED,
    NOTED,
    REOPENED,
    context_of_confiding,
    context_of_reporting,
    effects_of_designating,
    notes_of_confiding,
)
from .incidents import (
    accident_lines,
    caption_of,
    context_of,
    facts_of,
    for_mission,
    kept_of,
    links_of,
    name_of,
    rows_of,
    url_of,
    waiting_for,
    words_of,
)

__all__ = [
    "BOARD_COLUMNS",
    "CLOSED",
    "NOTED",
    "REOPENED",
    "abroad_today",
    "accident_lines",
    "board_of",
    "caption_of",
    "context_of",
    "context_of_confiding",
    "context_of_reporting",
    "effects_of_designating",
    "facts_of",
    "for_mission",
    "kept_of",
    "links_of",
    "name_of",
    "notes_of_confiding",
    "rows_of",
    "url_of",
    "waiting_for",
    "words_of",
]
