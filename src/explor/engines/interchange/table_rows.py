"""Rows of a table that somebody sends: CSV, XLSX, ODS, flat JSON. Nothing in it is ever run.

A formula is only its last value; a file that swells, or that claims a sheet of millions of cells,
is refused before it is opened.
"""

import csv
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from explor.engines.interchange.json_rows import table_rows
from explor.engines.interchange.reading import UnreadableSheet
from explor.engines.interchange.tables import FORMULA
from explor.engines.interchange.text import clean_line

MAX_BYTES = 20_000_000
MAX_UNPACKED = 150_000_000  # a workbook that swells beyond this is refused before it is opened
MAX_CELLS = 10_000_000  # of the rectangle that a sheet claims: memory is taken for all of it
MAX_COLUMNS = 200
PLACED = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column by its heading, and the first value that stands under it."""

    name: str
    example: str = ""


def columns_of(data: bytes, name: str) -> list[Column]:
    """The columns of a file. UnreadableSheet when it is no table, or has no heading."""
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


def bare(cell: str) -> str:
    """A cell without the apostrophe that kept a spreadsheet from running it."""
    return cell[1:] if cell[:1] == "'" and cell[1:].lstrip(" ")[:1] in FORMULA else cell


def headings(row: Sequence[str]) -> list[str]:
    """The names of the columns, each different; a column without one is numbered."""
    names: list[str] = []
    for at, cell in enumerate(row, 1):
        name = clean_line(cell) or f"Colonne {at}"
        names.append(name if name not in names else f"{name} ({at})")
    while names and names[-1].startswith("Colonne "):
        names.pop()
    return names


def rows_of(data: bytes, name: str) -> Iterator[list[str]]:
    """The rows of a table, headings first, every cell a text; UnreadableSheet when it is none."""
    if len(data) > MAX_BYTES:
        raise UnreadableSheet(f"Le fichier dépasse {MAX_BYTES // 1_000_000} Mo.")
    if not data.strip():
        raise UnreadableSheet("Le fichier est vide.")
    if data[:4] == b"PK\x03\x04":
        return _workbook_rows(data)
    if name.lower().endswith((".json", ".jsonl")):
        return table_rows(data)
    if name.lower().endswith((".xlsx", ".ods")) or b"\0" in data[:4096]:
        raise UnreadableSheet("Ce fichier n’est pas un classeur lisible (XLSX ou ODS).")
    return _csv_rows(data)


def _workbook_rows(data: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if sum(each.file_size for each in archive.infolist()) > MAX_UNPACKED:
                raise UnreadableSheet("Ce classeur est trop gros une fois ouvert : refusé.")
            if _claimed(archive) > MAX_CELLS:
                raise UnreadableSheet("Ce classeur annonce des millions de cases : refusé.")
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (zipfile.BadZipFile, CalamineError, IndexError) as fault:
        raise UnreadableSheet("Ce classeur est abîmé : il ne s’ouvre pas.") from fault
    return ([_text(cell) for cell in row] for row in rows)


def _claimed(archive: zipfile.ZipFile) -> int:
    """The cells of the largest rectangle that a sheet of an XLSX workbook spreads over."""
    largest = 0
    for each in archive.namelist():
        if each.startswith("xl/worksheets/") and each.endswith(".xml"):
            width = height = 0
            for letters, digits in PLACED.findall(archive.read(each)):
                width, height = max(width, _column(letters)), max(height, int(digits))
            largest = max(largest, width * height)
    return largest


def _column(letters: bytes) -> int:
    """The number of a column from its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _text(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _csv_rows(data: bytes) -> Iterator[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    head = text.splitlines()[0] if text.strip() else ""
    delimiter = max(";,\t|", key=head.count)
    reader = csv.reader(StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)
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
