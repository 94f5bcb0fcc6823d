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

__all__ = [
    "AT_ONCE",
    "enrol",
    "erase_members",
    "forget",
    "halt",
    "invite_lines",
    "keep",
    "make_members",
    "read",
    "read_lines",
    "refuse",
    "settle",
    "show",
    "tell_profile",
    "undo",
    "upload",
]
