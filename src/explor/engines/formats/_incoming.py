"""Reading of a file of project sheets in any format: detect the format, then read each sheet."""

from collections.abc import Iterator, Mapping
from typing import Any

from explor.engines.formats.iati import read_activities
from explor.engines.formats.sheets import (
    Note,
    Reading,
    Sheet,
    UnreadableSheet,
    in_order,
    read_bytes,
)
from explor.engines.formats.tables import Column, guess_mapping, own_sheets, read_rows

from ._glance import glance_at
from ._page import read_page

MAX_SHEET = 200_000  # characters, about eighty pages: a longer sheet does not fit in a PDF
ENDINGS = {
    "md": "markdown",
    "markdown": "markdown",
    "txt": "markdown",
    "html": "html",
    "htm": "html",
    "csv": "table",
    "tsv": "table",
    "xlsx": "table",
    "ods": "table",
    "json": "table",
    "jsonl": "table",
    "jsonld": "table",
    "xml": "iati",
}


def kind_of(name: str, data: bytes) -> tuple[str, dict[str, Any]]:
    """Return the kind of a file (markdown, html, table, json or iati), and details for a table.

    The details of a table are `columns` (the `name` and an `example` of each) and `guessed` (the
    field of a sheet that each heading seems to mean); they are empty for another kind. Raises
    UnreadableSheet, with a French message, for an unknown kind of file or a table that cannot be
    read.
    """
    kind = ENDINGS.get(name.rpartition(".")[2].lower())
    if kind is None:
        raise UnreadableSheet(
            "Ce fichier n’est ni une fiche en Markdown, ni une page web, ni un tableau "
            "(CSV, XLSX, ODS, JSON), ni un fichier IATI."
        )
    if kind != "table":
        return kind, {}
    start = glance_at(name, data, sheets=True)
    if start.ours:
        return "json", {}
    columns = [Column(**each) for each in start.columns]
    return kind, {"columns": start.columns, "guessed": guess_mapping(columns)}


def readings(kind: str, data: bytes, name: str, mapping: Mapping[str, str]) -> Iterator[Reading]:
    """Yield one `Reading` per sheet of a file of this kind; a sheet too long is blank, with a note.

    `mapping` gives the field of each heading of a table. Raises UnreadableSheet when the file
    cannot be read.
    """
    return map(_bounded, _readings(kind, data, name, mapping))


def _bounded(reading: Reading) -> Reading:
    """Return a reading with its dates checked, or an empty sheet with a note if it is too long."""
    if sum(len(str(value)) for value in vars(reading.sheet).values()) <= MAX_SHEET:
        return in_order(reading)
    message = f"Cette fiche dépasse {MAX_SHEET:,} caractères : laissée de côté.".replace(",", " ")
    return Reading(sheet=Sheet(), fields=(), notes=(Note(text=message),))


def _readings(kind: str, data: bytes, name: str, mapping: Mapping[str, str]) -> Iterator[Reading]:
    if kind == "markdown":
        yield read_bytes(data)
    elif kind == "json":
        yield from own_sheets(data)
    elif kind == "html":
        yield read_page(data)
    elif kind == "table":
        yield from read_rows(data, name, mapping)
    else:
        yield from read_activities(data)
