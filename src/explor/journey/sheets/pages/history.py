"""The versions of a sheet, each with its changes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from explor.ground.ui.comparison import steps_between

from .. import engine
from ..states import State
from .content import facts_of, line_of, texts_of


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Consecutive words that a change kept ("same"), removed ("lost") or added ("gained")."""

    kind: Literal["same", "lost", "gained"]
    text: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """The differences of one field between two versions of a sheet."""

    field: str
    pieces: list[Piece]


@dataclass(frozen=True, kw_only=True)
class Version:
    """A version of a sheet: its time, its state in words, its changes since the previous one."""

    at: datetime
    state: str
    changes: list[Change]


def versions(events: Iterable[Any], earlier: Any | None) -> list[Version]:
    """Return versions of a sheet with their changes, in the order of `events`.

    The first version of a sheet has no changes.

    Args:
        events: consecutive versions, the latest first.
        earlier: the version just before them, None when they begin the sheet.
    """
    fields = [_fields_of(event) for event in events]
    fields.append(_fields_of(earlier) if earlier else {})
    shown = []
    for event, after, before in zip(events, fields, fields[1:], strict=False):
        changes = [
            Change(field=name, pieces=list(_pieces(before.get(name, ""), text)))
            for name, text in after.items()
            if text != before.get(name, "") and before
        ]
        shown.append(
            Version(at=event.pgh_created_at, state=State(event.state).label, changes=changes)
        )
    return shown


def _fields_of(event: Any) -> dict[str, str]:
    """Return the text of each field of a version of a sheet, by French field name."""
    sheet = engine.sheet_of(event.content)
    named = [("Titre", sheet.title), *facts_of(sheet), *texts_of(sheet)]
    missions = ", ".join(mission["title"] for mission in event.missions)
    return {name: line_of(value) for name, value in named} | {"Missions": missions}


def _pieces(before: str, after: str) -> Iterator[Piece]:
    """Yield the words kept, removed and added from text `before` to text `after`, in order."""
    old, new = before.split(), after.split()
    for tag, i, j, k, m in steps_between(old, new):
        if tag == "equal":
            yield Piece(kind="same", text=" ".join(old[i:j]))
            continue
        if i < j:
            yield Piece(kind="lost", text=" ".join(old[i:j]))
        if k < m:
            yield Piece(kind="gained", text=" ".join(new[k:m]))
