"""Reading of sheets in JSON or JSON lines: Explor's own export, or flat objects (table rows)."""

import json
from collections.abc import Iterator
from typing import Any

from explor.engines.formats.sheets import (
    FieldReport,
    Note,
    Reading,
    Sheet,
    UnreadableSheet,
    sheet_from_json,
)

MAX_BYTES = 20_000_000
OWN = "fiche"  # the key of the sheet in an object of our export


def objects(data: bytes) -> list[dict[str, Any]]:
    """Return the objects of a JSON list or of JSON lines; raise UnreadableSheet for other files."""
    if len(data) > MAX_BYTES:
        raise UnreadableSheet(f"Le fichier dépasse {MAX_BYTES // 1_000_000} Mo.")
    try:
        text = data.decode("utf-8-sig").strip()
        if text.startswith("["):
            items = json.loads(text)
        else:
            items = [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError) as fault:
        raise UnreadableSheet(f"Ce n’est pas du JSON lisible ({str(fault)[:80]}).") from fault
    if not items or not all(isinstance(each, dict) for each in items):
        raise UnreadableSheet("Une liste d’objets JSON est attendue, un par fiche.")
    return list(items)


def is_ours(items: list[dict[str, Any]]) -> bool:
    """Return whether these objects were exported by Explor, as the first one shows."""
    return isinstance(items[0].get(OWN), dict)


def own_sheets(data: bytes) -> Iterator[Reading]:
    """Yield the sheets of an export of Explor; for a faulty one, an empty sheet with a note."""
    for number, each in enumerate(objects(data), 1):
        try:
            yield _own_sheet(each.get(OWN), number)
        except UnreadableSheet as fault:
            note = Note(text=str(fault), line=number)
            yield Reading(sheet=Sheet(), fields=(), notes=(note,))


def _own_sheet(values: Any, number: int) -> Reading:
    sheet = sheet_from_json(values)
    reports = (
        FieldReport(
            field=name, label=name, outcome="understood", text=str(value)[:500], line=number
        )
        for name, value in values.items()
        if value
    )
    return Reading(sheet=sheet, fields=tuple(reports))


def table_rows(data: bytes) -> Iterator[list[str]]:
    """Yield a row of keys, then a row per object: a column per key, lists joined by « | »."""
    items = objects(data)
    names = list(dict.fromkeys(name for each in items for name in each))
    yield names
    for each in items:
        yield [_cell(each.get(name)) for name in names]


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("nom") or value.get("name") or "")
    if isinstance(value, list):
        return " | ".join(filter(None, map(_cell, value)))
    return "" if value is None else str(value)
