"""Decisions on needs, the texts of their letters, and requests for their review."""

from .appeals import Appeal
from .decisions import SELECTED, Decision
from .letters import LetterTemplate

__all__ = ["SELECTED", "Appeal", "Decision", "LetterTemplate"]
