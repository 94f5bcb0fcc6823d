"""Reading of sheets in JSON or JSON lines: Explor's own export, or flat objects (table rows)."""

import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from explor.engines.formats.sheets import (
    FieldReport,
    Note,
    Reading,
    Sheet,
    UnreadableSheet,
    sheet_from_json,
)

from ._apart import lines_apart
from ._json_reader import BROKEN, LONG, LONGEST, NO_OBJECTS

READER = Path(__file__).with_name("_json_reader.py")
REFUSALS = {
    BROKEN: "Ce n’est pas du JSON lisible, ou il imbrique trop de listes.",
    NO_OBJECTS: "Une liste d’objets JSON est attendue, un par fiche.",
    LONG: f"Un objet de ce fichier dépasse {LONGEST:,} caractères : refusé.".replace(",", " "),
}
SWOLLEN = "Ce fichier est démesuré une fois ouvert : refusé. Partagez-le en plusieurs fichiers."
MAX_NAMES = 5_000  # keys of all the objects of a table
MAX_BYTES = 20_000_000
OWN = "fiche"  # the key of the sheet in an object of our export


def objects(data: bytes) -> Iterator[dict[str, Any]]:
    """Return an iterator over the objects of a JSON list or of JSON lines.

    They are read in a separate process with limits. Raises UnreadableSheet, before any object, for
    another file or one that is too large.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableSheet(f"Le fichier dépasse {MAX_BYTES // 1_000_000} Mo.")
    command = [sys.executable, "-I", str(READER)]
    return lines_apart(command, data, refusals=REFUSALS, swollen=SWOLLEN, env={})


def is_ours(items: Iterable[dict[str, Any]]) -> bool:
    """Return whether these objects were exported by Explor, as the first one shows."""
    return any(isinstance(each.get(OWN), dict) for each in islice(items, 1))


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
    names: dict[str, None] = {}
    for each in objects(data):
        names.update(dict.fromkeys(each))
        if len(names) > MAX_NAMES:
            raise UnreadableSheet(f"Plus de {MAX_NAMES} clés : ce tableau n’est pas une liste.")
    yield list(names)
    for each in objects(data):
        yield [_cell(each.get(name)) for name in names]


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("nom") or value.get("name") or "")
    if isinstance(value, list):
        return " | ".join(filter(None, map(_cell, value)))
    return "" if value is None else str(value)
