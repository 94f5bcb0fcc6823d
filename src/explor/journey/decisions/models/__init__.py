"""Decisions on needs, the texts of their letters, and appeals against them."""

from .appeals import Appeal
from .decisions import SELECTED, Decision
from .letters import LetterTemplate

__all__ = ["SELECTED", "Appeal", "Decision", "LetterTemplate"]
