"""Reading of the rows of an uploaded table (CSV, XLSX, ODS, flat JSON), without executing anything.

A formula is read as its last value. A file that becomes too large once decompressed is refused.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper

from explor.engines.formats.sheets import UnreadableSheet, clean_line, legible

from ._json_rows import table_rows
from ._workbook import workbook_rows

MAX_BYTES = 20_000_000
MAX_COLUMNS = 200
MAX_SEPARATORS = 20_000  # in a line of text: a long cell may contain some, never so many


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a table: its heading, and an example: the first value found in it."""

    name: str
    example: str = ""


def columns_of(data: bytes, name: str) -> list[Column]:
    """Return the columns of a file, named by its first row.

    Raises UnreadableSheet for a file that is not a table, has no headings or too many columns.
    """
    rows = rows_of(data, name)
    head = next(rows, [])
    names = headings(head)
    if not any(names):
        raise UnreadableSheet("La première ligne du tableau doit nommer les colonnes.")
    if len(names) > MAX_COLUMNS:
        raise UnreadableSheet(f"Plus de {MAX_COLUMNS} colonnes : ce tableau n’est pas une liste.")
    examples: dict[int, str] = {}
    for row in (row for _, row in zip(range(50), rows, strict=False)):
        for at, cell in enumerate(row[: len(names)]):
            if cell and at not in examples:
                examples[at] = cell[:80]
    return [Column(name=n, example=examples.get(at, "")) for at, n in enumerate(names)]


def headings(row: Sequence[str]) -> list[str]:
    """Return the names of the columns from the first row, all distinct.

    A column without a heading is named « Colonne » and its number.
    """
    width = max((at for at, cell in enumerate(row, 1) if clean_line(cell)), default=0)
    names: dict[str, None] = {}
    for at, cell in enumerate(row[:width], 1):
        name = clean_line(cell) or f"Colonne {at}"
        names[name if name not in names else f"{name} ({at})"] = None
    return list(names)


def rows_of(data: bytes, name: str) -> Iterator[list[str]]:
    """Yield the rows of a file as texts, headings first.

    Raises UnreadableSheet when the file is not a table, or is too large.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableSheet(f"Le fichier dépasse {MAX_BYTES // 1_000_000} Mo.")
    if not data.strip():
        raise UnreadableSheet("Le fichier est vide.")
    return ([legible(cell) for cell in row] for row in _raw_rows(data, name.lower()))


def _raw_rows(data: bytes, name: str) -> Iterator[list[str]]:
    if data[:4] == b"PK\x03\x04":
        return workbook_rows(data)
    if name.endswith((".json", ".jsonl")):
        return table_rows(data)
    if name.endswith((".xlsx", ".ods")) or b"\0" in data[:4096]:
        raise UnreadableSheet("Ce fichier n’est pas un classeur lisible (XLSX ou ODS).")
    return _csv_rows(data)


def _csv_rows(data: bytes) -> Iterator[list[str]]:
    head = next(_lines(data), "")
    delimiter = max(";,\t|", key=head.count)
    reader = csv.reader(_lines(data, delimiter), delimiter=delimiter)
    while True:
        try:
            row = next(reader, None)
        except csv.Error as fault:
            raise UnreadableSheet(
                f"Le tableau est illisible à la ligne {reader.line_num} : {fault}."
            ) from fault
        if row is None:
            return
        yield row


def _lines(data: bytes, delimiter: str = "") -> Iterator[str]:
    """Yield the lines of a CSV text, in UTF-8 or Windows-1252.

    Raises UnreadableSheet for a line where `delimiter` occurs too often.
    """
    try:
        data.decode("utf-8")
        encoding = "utf-8-sig"
    except UnicodeDecodeError:
        encoding = "cp1252"
    for number, line in enumerate(TextIOWrapper(BytesIO(data), encoding, "replace", newline=""), 1):
        if delimiter and line.count(delimiter) > MAX_SEPARATORS:
            raise UnreadableSheet(
                f"La ligne {number} compte plus de {MAX_SEPARATORS} colonnes : "
                "ce tableau n’est pas une liste."
            )
        yield line.replace("\0", "")
