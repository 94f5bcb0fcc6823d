"""Verbs of the directory: on sheets, on imports, on photographs, on followed searches."""

from explor.ground.imports.actions import finish, keep, make, read, refuse, show, stop, undo

from .alerts import confirm_follow, follow, forget_unconfirmed, stop_following, tell_followers
from .imports import upload
from .photos import add_photo, remove_photo
from .sheets import (
    approve,
    ask_correction,
    bring_in,
    confirm,
    correct,
    plan,
    publish,
    publish_planned,
    remind,
    rename,
    withdraw,
    write_from_file,
)

__all__ = [
    "add_photo",
    "approve",
    "ask_correction",
    "bring_in",
    "confirm",
    "confirm_follow",
    "correct",
    "finish",
    "follow",
    "forget_unconfirmed",
    "keep",
    "make",
    "plan",
    "publish",
    "publish_planned",
    "read",
    "refuse",
    "remind",
    "remove_photo",
    "rename",
    "show",
    "stop",
    "stop_following",
    "tell_followers",
    "undo",
    "upload",
    "withdraw",
    "write_from_file",
]
