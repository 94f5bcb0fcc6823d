"""Matching of needs and experts: ranking with reasons, and plans proven to be the best.

Start with `rank` and `plan`; docs/matching.md explains the folder. The layers, lowest first, are
`records`, `text`, `ranking`, `planning`, `files`. Modules that begin with `_` are private to their
package. OR-Tools is imported only when a plan is solved.

Words used in every module: a need has seats, one per expert sent. A pair is a need and an expert; a
pair is taken when the plan sends the expert to the need. A need is unserved when nobody is sent to
it. A row is a limit on how many pairs of a set are taken; a cover is a set of pairs of which one
must be taken. The load of an expert is the number of missions that the person can accept. The score
of an expert for a need is the sum of parts (text, skills, dates...). A unit of evidence is a line
of an expert's profile, or a skill; the text part is computed on these units. A signal is one way to
compare texts (words, characters, meaning, embeddings). A pin is a pair imposed by an officer; a ban
is an excluded pair. A season is all the needs and experts of a call for projects.
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
