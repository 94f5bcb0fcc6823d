"""Verbs of decisions: decide, announce, reconsider, write letters, review."""

from .appeals import dismiss, grant, request_review
from .decisions import decide, open_decision, reconsider
from .letters import announce, announce_due, hold, schedule, write_letter
from .locks import lock_needs

__all__ = [
    "announce",
    "announce_due",
    "decide",
    "dismiss",
    "grant",
    "hold",
    "lock_needs",
    "open_decision",
    "reconsider",
    "request_review",
    "schedule",
    "write_letter",
]
