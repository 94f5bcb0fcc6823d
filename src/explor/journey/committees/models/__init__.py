"""Bylaws, members, recusals, opinions and scores of the committee of a call."""

from .members import Bylaws, CommitteeMember, Recusal
from .opinions import Opinion, Score, Verdict

__all__ = ["Bylaws", "CommitteeMember", "Opinion", "Recusal", "Score", "Verdict"]
