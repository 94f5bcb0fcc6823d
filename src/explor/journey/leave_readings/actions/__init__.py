"""Actions on leave schemes: save answers and verdicts, and change the tables of the law."""

from .answers import answer, keep
from .changes import (
    approve_change,
    decline_change,
    give_back,
    keep_own,
    propose_change,
    replace_change,
    withdraw_change,
)

__all__ = [
    "answer",
    "approve_change",
    "decline_change",
    "give_back",
    "keep",
    "keep_own",
    "propose_change",
    "replace_change",
    "withdraw_change",
]
