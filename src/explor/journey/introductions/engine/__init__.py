"""From rows to the matching and frame engines, and back."""

from explor.engines.frames import FrameVerdict

from .frames import frames_for_need, frames_of, read_frames
from .pools import pool_for
from .records import closed_among, need_record, settings_for, skill_labels
from .shortlist import Line, Shortlist, line_of, lines_of, shortlist

__all__ = [
    "FrameVerdict",
    "Line",
    "Shortlist",
    "closed_among",
    "frames_for_need",
    "frames_of",
    "line_of",
    "lines_of",
    "need_record",
    "pool_for",
    "read_frames",
    "settings_for",
    "shortlist",
    "skill_labels",
]
