"""Verbs of the committee: who sits, by which bylaws, recusals, opinions."""

from .members import (
    declare_ties,
    dismiss_member,
    join,
    lock_call,
    name_chair,
    recuse,
    recuse_tied_members,
    set_bylaws,
)
from .opinions import give_opinion, take_up_opinion

__all__ = [
    "declare_ties",
    "dismiss_member",
    "give_opinion",
    "join",
    "lock_call",
    "name_chair",
    "recuse",
    "recuse_tied_members",
    "set_bylaws",
    "take_up_opinion",
]
