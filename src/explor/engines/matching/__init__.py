"""Matching of needs and experts: ranking with reasons, and plans proven to be the best.

Start with `rank` and `plan`; docs/matching.md walks through the folder. Layers, lowest first:
`records`, `text`, `ranking`, `planning`, `files`. Modules that begin with `_` are private to their
package. OR-Tools is imported only when a plan is solved.
"""

from .planning import (
    Assignment,
    Cancelled,
    Difference,
    PinError,
    assign,
    compare,
    faults_of,
    plan,
    scenarios,
    why_not,
    would_serve,
)
from .ranking import Pool, rank
from .records import (
    PARTS,
    WEIGHTS,
    Candidate,
    Change,
    Expert,
    Language,
    Need,
    Period,
    Placement,
    Plan,
    Quote,
    Reserve,
    Scheme,
    Settings,
    Taxonomy,
    Unfilled,
    Wanted,
)
from .text import score_texts

__all__ = [
    "PARTS",
    "WEIGHTS",
    "Assignment",
    "Cancelled",
    "Candidate",
    "Change",
    "Difference",
    "Expert",
    "Language",
    "Need",
    "Period",
    "PinError",
    "Placement",
    "Plan",
    "Pool",
    "Quote",
    "Reserve",
    "Scheme",
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
