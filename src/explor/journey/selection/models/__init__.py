"""The committee of a call: who sits, what they think, when they meet, what is decided."""

from .appeals import Appeal
from .committee import Bylaws, CommitteeMember, Recusal
from .decisions import SELECTED, Decision, Verdict
from .opinions import Opinion, Score
from .sessions import Session

__all__ = [
    "SELECTED",
    "Appeal",
    "Bylaws",
    "CommitteeMember",
    "Decision",
    "Opinion",
    "Recusal",
    "Score",
    "Session",
    "Verdict",
]
