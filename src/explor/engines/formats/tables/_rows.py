"""Reading of the rows of an uploaded table (CSV, XLSX, ODS, flat JSON), without executing anything.

A formula is read as its last value. A file that becomes too large once decompressed is refused.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from explor.engines.formats.sheets import UnreadableSheet, clean_line, legible

from ._csv_rows import csv_rows
from ._headings import head_at
from ._json_rows import table_rows
from ._pages import pages_of

MAX_BYTES = 20_000_000
MAX_COLUMNS = 200
FIRST = 20  # number of first rows searched for headings
SAMPLE = 50  # number of rows searched for an example of each column


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a table: its heading, and as an example the first value in it."""

    name: str
    example: str = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table: its headings, its rows with their numbers in the file, and French notes.

    `typed` is True for a format with typed cells, where no apostrophe protects texts.
    """

    headings: tuple[str, ...]
    rows: Iterator[tuple[int, list[str]]]
    notes: tuple[str, ...] = ()
    typed: bool = False


def columns_of(data: bytes, name: str, known: Collection[str] = ()) -> list[Column]:
    """Return the columns of a table, named by its headings; see `table_of` for `known`.

    Raises UnreadableSheet for a file that is not a table, has no headings or too many columns.
    """
    return start_of(data, name, known)[0]


def start_of(
    data: bytes, name: str, known: Collection[str] = ()
) -> tuple[list[Column], list[list[str]]]:
    """Return the columns of a table and its first rows; see `columns_of`."""
    table = table_of(data, name, known)
    if not any(table.headings):
        raise UnreadableSheet("La première ligne du tableau doit nommer les colonnes.")
    if len(table.headings) > MAX_COLUMNS:
        raise UnreadableSheet(f"Plus de {MAX_COLUMNS} colonnes : ce tableau n’est pas une liste.")
    rows = [row for _, row in islice(table.rows, SAMPLE)]
    examples: dict[int, str] = {}
    for row in rows:
        for at, cell in enumerate(row[: len(table.headings)]):
            if cell and at not in examples:
                examples[at] = cell[:80]
    columns = [Column(name=n, example=examples.get(at, "")) for at, n in enumerate(table.headings)]
    return columns, rows


def headings(row: Sequence[str]) -> list[str]:
    """Return the names of the columns from the first row, all distinct.

    A column without a heading is named « Colonne » and its number; those at the end are left out.
    """
    width = max((at for at, cell in enumerate(row, 1) if clean_line(cell)), default=0)
    names: dict[str, None] = {}
    for at, cell in enumerate(row[:width], 1):
        name = clean_line(cell) or f"Colonne {at}"
        names[name if name not in names else f"{name} ({at})"] = None
    return list(names)


def rows_of(data: bytes, name: str) -> Iterator[list[str]]:
    """Yield the rows of a table as texts, headings first.

    Raises UnreadableSheet when the file is not a table, or is too large.
    """
    table = table_of(data, name)

    def rows() -> Iterator[list[str]]:
        yield list(table.headings)
        yield from (row for _, row in table.rows)

    return rows()


def table_of(data: bytes, name: str, known: Collection[str] = ()) -> Table:
    """Return the table of a file.

    Args:
        data: the bytes of the file.
        name: the name of the file, whose extension gives its format.
        known: folded names of headings: the table starts at the first row that has several of them,
            and worksheets without such a row are ignored.

    Raises:
        UnreadableSheet: the file is not a table, or is too large.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableSheet(f"Le fichier dépasse {MAX_BYTES // 1_000_000} Mo.")
    if not data.strip():
        raise UnreadableSheet("Le fichier est vide.")
    if data[:4] == b"PK\x03\x04":
        pages = pages_of(data, known)
        return _table(pages.rows, pages.head, pages.notes, typed=True)
    rows = ((at, row) for at, row in enumerate(_raw_rows(data, name.lower()), 1))
    if name.lower().endswith((".json", ".jsonl", ".jsonld")):
        return _table(rows, 0, (), typed=True)
    first = list(islice(rows, FIRST))
    return _table(chain(first, rows), head_at([row for _, row in first], known), ())


def _table(
    rows: Iterator[tuple[int, list[str]]], head: int, notes: tuple[str, ...], *, typed: bool = False
) -> Table:
    above = [" ".join(filter(None, row)) for _, row in islice(rows, head)]
    _, names = next(rows, (0, []))
    skipped = [f"Au-dessus du tableau, non repris : « {text[:80]} »." for text in above if text]
    return Table(
        headings=tuple(headings([legible(cell) for cell in names])),
        rows=((at, [legible(cell) for cell in row]) for at, row in rows),
        notes=(*notes, *skipped),
        typed=typed,
    )


def _raw_rows(data: bytes, name: str) -> Iterator[list[str]]:
    if name.endswith((".json", ".jsonl", ".jsonld")):
        return table_rows(data)
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if name.endswith((".xlsx", ".ods")) or (b"\0" in data[:4096] and not wide):
        raise UnreadableSheet("Ce fichier n’est pas un classeur lisible (XLSX ou ODS).")
    return csv_rows(data)
