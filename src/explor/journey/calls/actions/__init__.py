"""Actions on calls for projects from draft to end, on their envelopes, and on funders."""

from .calls import (
    GRID,
    TERMS,
    close_call,
    close_due,
    copy_call,
    decline_share,
    draft,
    end_call,
    notify_change,
    open_call,
    set_calendar,
    set_call,
    set_grid,
    set_papers,
    share,
)
from .envelopes import change_envelope, fund
from .funders import create_funder, edit_funder, erase_readers, join_funder, leave_funder

__all__ = [
    "GRID",
    "TERMS",
    "change_envelope",
    "close_call",
    "close_due",
    "copy_call",
    "create_funder",
    "decline_share",
    "draft",
    "edit_funder",
    "end_call",
    "erase_readers",
    "fund",
    "join_funder",
    "leave_funder",
    "notify_change",
    "open_call",
    "set_calendar",
    "set_call",
    "set_grid",
    "set_papers",
    "share",
]
