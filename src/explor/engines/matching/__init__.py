"""Matching of needs and experts: ranked with reasons, planned to the proven optimum."""

from .assignment import Assignment, assign
from .model import (
    PARTS,
    WEIGHTS,
    Candidate,
    Change,
    Expert,
    Frame,
    Language,
    Need,
    Period,
    Quote,
    Settings,
    Taxonomy,
)
from .ranking import Pool, rank
from .texts import score_texts

__all__ = [
    "PARTS",
    "WEIGHTS",
    "Assignment",
    "Candidate",
    "Change",
    "Expert",
    "Frame",
    "Language",
    "Need",
    "Period",
    "Pool",
    "Quote",
    "Settings",
    "Taxonomy",
    "assign",
    "rank",
    "score_texts",
]
