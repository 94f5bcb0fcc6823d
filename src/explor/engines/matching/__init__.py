"""Matching of needs and experts: ranked with reasons, planned to the proven optimum.

Start with `rank` and `plan`; docs/matching.md walks through the folder. OR-Tools is imported only
when a plan is solved.
"""

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
from .plan_model import Placement, Plan, Reserve, Unfilled, Wanted
from .planning import plan
from .problem import Cancelled
from .ranking import Pool, rank
from .round import PinError
from .scenarios import Difference, compare, scenarios, why_not
from .texts import score_texts
from .validator import faults_of
from .wanted import would_serve

__all__ = [
    "PARTS",
    "WEIGHTS",
    "Assignment",
    "Cancelled",
    "Candidate",
    "Change",
    "Difference",
    "Expert",
    "Frame",
    "Language",
    "Need",
    "Period",
    "PinError",
    "Placement",
    "Plan",
    "Pool",
    "Quote",
    "Reserve",
    "Settings",
    "Taxonomy",
    "Unfilled",
    "Wanted",
    "assign",
    "compare",
    "faults_of",
    "plan",
    "rank",
    "scenarios",
    "score_texts",
    "why_not",
    "would_serve",
]
