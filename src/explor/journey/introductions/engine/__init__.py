"""From rows to the matching and frame engines, and back."""

from explor.engines.frames import FrameVerdict

from .days import without
from .frames import frames_of, read_frames
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
    "FrameVerdict",
    "Line",
    "Shortlist",
    "closed_among",
    "expert_id",
    "frames_of",
    "line_of",
    "lines_of",
    "need_id",
    "need_record",
    "pk_of",
    "pool_for",
    "read_frames",
    "settings_for",
    "shortlist",
    "skill_labels",
    "without",
]
