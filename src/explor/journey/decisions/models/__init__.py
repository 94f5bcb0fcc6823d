"""Decisions on needs, and requests for their review."""

from .appeals import Appeal
from .decisions import SELECTED, Decision

__all__ = ["SELECTED", "Appeal", "Decision"]
