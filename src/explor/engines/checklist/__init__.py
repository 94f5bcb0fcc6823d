"""Checklist for preparing a mission, whose tasks are dated backwards from the departure."""

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
