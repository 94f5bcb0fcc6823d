"""Preparation planned backwards from the departure: what to begin when, and when it is too late."""

from .checklist import PREPARATION, passport_needed_until
from .model import Party, State, Step, Task
from .planning import schedule

__all__ = [
    "PREPARATION",
    "Party",
    "State",
    "Step",
    "Task",
    "passport_needed_until",
    "schedule",
]
