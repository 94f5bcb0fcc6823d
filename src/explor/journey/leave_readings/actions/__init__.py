"""Actions on leave readings: answers, readings kept, and changes to the texts of the law."""

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
