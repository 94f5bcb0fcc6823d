"""Rows and texts of the pages of the imports of members."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from explor.ground.reference.queries import label

from . import engine
from .models import MemberImport, MemberLine

FAULTS = ("Ligne", "Nom", "Champ", "Valeur", "Ce qui ne va pas")


def fault_rows(lines: Iterable[MemberLine]) -> list[list[object]]:
    """Return one row per fault, under the headings `FAULTS`."""
    return [[line.number, line.title, *fault] for line in lines for fault in line.faults]


def facts_of(batch: MemberImport, line: MemberLine) -> list[tuple[str, str]]:
    """Return what was understood of a line, as pairs of a label and a text."""
    content = line.content or {}
    fields = engine.fields_of(batch.what).items()
    return [(heading, _text(name, content[name])) for name, heading in fields if name in content]


def _text(name: str, value: Any) -> str:
    if name in engine.LISTS:
        return ", ".join(label(engine.LISTS[name], code) for code in value)
    if name == "languages":
        return ", ".join(f"{label('languages', each['code'])} {each['level']}" for each in value)
    if value is True:
        return "oui"
    if name in engine.DAYS:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    return ", ".join(value) if isinstance(value, list) else str(value)
