"""The committee opines, meets and decides; the network announces, and answers what is contested."""

from .appeals import contest, dismiss, grant
from .decisions import (
    announce,
    announce_due,
    decide,
    hold,
    open_decision,
    reconsider,
    schedule,
    write_letter,
)
from .opinions import opine, take_up
from .seats import declare, dismiss_member, name_chair, recuse, set_aside, set_bylaws, sit
from .sessions import attend, cancel, close, open, plan, reopen, sign

__all__ = [
    "announce",
    "announce_due",
    "attend",
    "cancel",
    "close",
    "contest",
    "decide",
    "declare",
    "dismiss",
    "dismiss_member",
    "grant",
    "hold",
    "name_chair",
    "open",
    "open_decision",
    "opine",
    "plan",
    "reconsider",
    "recuse",
    "reopen",
    "schedule",
    "set_aside",
    "set_bylaws",
    "sign",
    "sit",
    "take_up",
    "write_letter",
]
