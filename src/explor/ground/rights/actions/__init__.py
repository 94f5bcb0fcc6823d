"""Actions on personal data: make a copy, erase a person, repeat erasures after a restore."""

from .account import blockers_of_account, erase_own_account, forget_farewell
from .copies import erase_copy, make_copy, request_copy
from .erasing import blockers_of_erasure, erase_account, forget_addresses, kept_after_erasure
from .register import complete_register, unreadable
from .replaying import replay
from .requests import erase_requested, forget_request, request_erasure, resume_requests

__all__ = [
    "blockers_of_account",
    "blockers_of_erasure",
    "complete_register",
    "erase_account",
    "erase_copy",
    "erase_own_account",
    "erase_requested",
    "forget_addresses",
    "forget_farewell",
    "forget_request",
    "kept_after_erasure",
    "make_copy",
    "replay",
    "request_copy",
    "request_erasure",
    "resume_requests",
    "unreadable",
]
