"""Actions on decisions, on the letters that announce them and their templates, and on appeals."""

from .appeals import grant, request_review, uphold
from .decisions import decide, open_decision, reconsider
from .erasing import erase_letter
from .letters import (
    announce,
    announce_due,
    schedule_announcement,
    unschedule_all,
    unschedule_announcement,
    write_letter,
)
from .locks import lock_needs
from .templates import edit_letter_template

__all__ = [
    "announce",
    "announce_due",
    "decide",
    "edit_letter_template",
    "erase_letter",
    "grant",
    "lock_needs",
    "open_decision",
    "reconsider",
    "request_review",
    "schedule_announcement",
    "unschedule_all",
    "unschedule_announcement",
    "uphold",
    "write_letter",
]
