"""Verbs of the directory: on followed searches and on imports of sheets."""

from .alerts import confirm_follow, follow, forget_unconfirmed, notify_followers, stop_following
from .imports import (
    erase_drafts,
    finish,
    keep,
    make,
    make_sheets,
    read,
    read_lines,
    refuse,
    show,
    stop,
    undo,
    upload,
)

__all__ = [
    "confirm_follow",
    "erase_drafts",
    "finish",
    "follow",
    "forget_unconfirmed",
    "keep",
    "make",
    "make_sheets",
    "notify_followers",
    "read",
    "read_lines",
    "refuse",
    "show",
    "stop",
    "stop_following",
    "undo",
    "upload",
]
