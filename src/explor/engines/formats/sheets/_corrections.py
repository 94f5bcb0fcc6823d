"""Manual correction of a sheet: conversion of its fields to editable texts, and back.

Only changed texts are parsed: the other fields keep exactly the same value.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from explor.engines.french.dates import read_day

from ._context import CHECK
from ._dates import PartialDate
from ._goals import parse_goals, show_goal
from ._layout import ENTRIES, SECTION_ENTRIES, Kind
from ._money import Money
from ._sheet import WEIGHTS, Goal, Sheet, Status
from ._values import Parsed, parse, show_link, show_types

KINDS: dict[str, Kind] = {entry.field: entry.kind for entry in (*ENTRIES, *SECTION_ENTRIES)}


def texts_of(sheet: Sheet) -> dict[str, str]:
    """Return the editable text of every field, by name of field; "" when the field is blank.

    The fields of the lead organisation have dotted names, such as `lead_organisation.name`.
    """
    return {field: _shown(kind, _value(sheet, field)) for field, kind in KINDS.items()}


def corrected(sheet: Sheet, texts: Mapping[str, str]) -> tuple[Sheet, dict[str, str]]:
    """Return the corrected sheet, and the French fault of each field whose text is not valid.

    `texts` gives texts by name of field: the texts that differ from `texts_of` are parsed. A field
    whose text cannot be parsed keeps its value.
    """
    before = texts_of(sheet)
    own: dict[str, Any] = {}
    lead_organisation: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for field, text in texts.items():
        cleaned = text.replace("\r\n", "\n").strip()
        if cleaned == before[field].strip():
            continue
        value, field_faults = _read(field, cleaned)
        if field_faults:
            faults[field] = " ; ".join(field_faults)
            continue
        owner, name = (
            (lead_organisation, field.removeprefix("lead_organisation."))
            if field.startswith("lead_organisation.")
            else (own, field)
        )
        owner[name] = value
    return replace(
        sheet, lead_organisation=replace(sheet.lead_organisation, **lead_organisation), **own
    ), faults


def _value(sheet: Sheet, field: str) -> Any:
    owner, _, name = field.rpartition(".")
    return getattr(sheet.lead_organisation if owner else sheet, name)


def _shown(kind: Kind, value: Any) -> str:
    if not value:
        return ""
    if kind == "names":
        return "\n".join(value)
    if kind == "goals":
        return "\n".join(map(_goal, value))
    if kind == "types":
        return "\n".join(show_types((each,)) for each in value)
    return "\n".join(map(show_link, value)) if kind == "links" else str(value)


def _goal(goal: Goal) -> str:
    return show_goal(goal) + (f" ({WEIGHTS[goal.weight]})" if goal.weight else "")


def _read(field: str, text: str) -> Parsed:
    kind = KINDS[field]
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if kind in ("names", "links", "types", "goals") and not lines:
        return (), ()
    if kind == "names":
        return tuple(lines), ()
    if kind == "goals":
        return parse_goals(" ; ".join(lines))
    if kind in ("types", "links"):
        return parse(kind, [(" ; " if kind == "types" else " ").join(lines)])
    if kind in ("line", "markdown") or not text:
        return text or None, ()
    try:
        return _sure(field, text), ()
    except ValueError as fault:
        return None, (str(fault),)


def _sure(field: str, text: str) -> Any:
    """Parse a typed date, amount or status; raise ValueError for an ambiguous text."""
    if KINDS[field] == "money":
        return Money.understood(text, strict=True)[0]
    if KINDS[field] == "status":
        return Status(text)
    part, remarks = read_day(text, last=field == "end")
    if doubtful := next((each for each in remarks if each.endswith(CHECK)), ""):
        raise ValueError(doubtful)
    return PartialDate.from_part(part)
