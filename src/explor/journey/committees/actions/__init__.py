"""Actions on a committee: its members and their interests, bylaws, recusals, opinions, locks."""

from .members import (
    appoint_chair,
    declare_interests,
    end_all_invitations,
    invite_member,
    join,
    lock_call,
    recuse,
    recuse_conflicted_members,
    remove_member,
    set_bylaws,
)
from .opinions import erase_comments, give_opinion, reopen_opinion

__all__ = [
    "appoint_chair",
    "declare_interests",
    "end_all_invitations",
    "erase_comments",
    "give_opinion",
    "invite_member",
    "join",
    "lock_call",
    "recuse",
    "recuse_conflicted_members",
    "remove_member",
    "reopen_opinion",
    "set_bylaws",
]
