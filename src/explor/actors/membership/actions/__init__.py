"""Verbs of membership."""

from .imports import (
    AT_ONCE,
    enrol,
    erase_members,
    forget,
    halt,
    invite_lines,
    keep,
    make_members,
    read,
    read_lines,
    refuse,
    settle,
    show,
    tell_profile,
    undo,
    upload,
)
from .merges import merge
from .transfers import ask_transfer, call_off, consent, move, turn_down

__all__ = [
    "AT_ONCE",
    "ask_transfer",
    "call_off",
    "consent",
    "enrol",
    "erase_members",
    "forget",
    "halt",
    "invite_lines",
    "keep",
    "make_members",
    "merge",
    "move",
    "read",
    "read_lines",
    "refuse",
    "settle",
    "show",
    "tell_profile",
    "turn_down",
    "undo",
    "upload",
]
