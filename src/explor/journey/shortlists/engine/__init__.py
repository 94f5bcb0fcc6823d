"""Bridge to the matching engine: takes database rows, returns rankings."""

from .days import without
from .pools import pool_for
from .records import (
    closed_among,
    expert_id,
    need_id,
    need_record,
    pk_of,
    settings_for,
    skill_labels,
)
from .shortlist import Line, Shortlist, line_of, lines_of, shortlist

__all__ = [
    "Line",
    "Shortlist",
    "closed_among",
    "expert_id",
    "line_of",
    "lines_of",
    "need_id",
    "need_record",
    "pk_of",
    "pool_for",
    "settings_for",
    "shortlist",
    "skill_labels",
    "without",
]
