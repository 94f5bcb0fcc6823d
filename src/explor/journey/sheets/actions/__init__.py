"""Actions on project sheets, on their photographs and on imports of sheets."""

from explor.ground.imports.actions import finish, keep, make, read, refuse, show, stop, undo

from .drafts import draft, import_sheet
from .imports import erase_lines, upload
from .sheets import (
    add_photo,
    approve,
    ask_correction,
    confirm,
    correct,
    plan,
    publish,
    publish_planned,
    refresh_missions,
    remind,
    remove_photo,
    remove_summary,
    rename,
    withdraw,
    write_from_file,
)

__all__ = [
    "add_photo",
    "approve",
    "ask_correction",
    "confirm",
    "correct",
    "draft",
    "erase_lines",
    "finish",
    "import_sheet",
    "keep",
    "make",
    "plan",
    "publish",
    "publish_planned",
    "read",
    "refresh_missions",
    "refuse",
    "remind",
    "remove_photo",
    "remove_summary",
    "rename",
    "show",
    "stop",
    "undo",
    "upload",
    "withdraw",
    "write_from_file",
]
