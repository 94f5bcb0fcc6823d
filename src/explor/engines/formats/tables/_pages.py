"""Choice of the worksheets of a workbook that contain the table, with notes on the others."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from explor.engines.formats.sheets import fold

from ._headings import head_at, known_in
from ._workbook import workbook_lines


@dataclass(frozen=True, kw_only=True)
class Pages:
    """The numbered rows of the worksheets that contain the table, and French notes.

    `head` is the index of the row of headings in the first worksheet. The rows of further
    worksheets follow, without their headings.
    """

    rows: Iterator[tuple[int, list[str]]]
    head: int
    notes: tuple[str, ...]


def pages_of(data: bytes, known: Collection[str] = ()) -> Pages:
    """Return the table of a workbook: the first visible worksheet with known headings.

    Without known headings, the first worksheet is read. Worksheets with the same headings follow.

    Raises UnreadableSheet, before any row, for a file that cannot be opened or is too large.
    """
    lines = workbook_lines(data)
    sheets: list[dict[str, Any]] = next(lines)
    first = _chosen(sheets, known)
    head = head_at(sheets[first]["head"], known)
    names = _names(sheets[first], head)
    heads = {
        sheet["name"]: at
        for number, sheet in enumerate(sheets)
        if any(map(any, sheet["head"]))
        and _names(sheet, at := head_at(sheet["head"], known)) == names
        and (number >= first)
    }
    return Pages(
        rows=_rows(lines, sheets[first]["name"], heads),
        head=head,
        notes=tuple(_notes(sheets, heads)),
    )


def _chosen(sheets: list[dict[str, Any]], known: Collection[str]) -> int:
    """Return the index of the worksheet that contains the table."""
    filled = [at for at, sheet in enumerate(sheets) if any(map(any, sheet["head"]))]

    def order(at: int) -> tuple[bool, bool, int]:
        best = max((known_in(row, known) for row in sheets[at]["head"]), default=0)
        return (best < 2, not sheets[at]["visible"], at)

    return min(filled, key=order, default=0)


def _names(sheet: dict[str, Any], head: int) -> list[str]:
    row = sheet["head"][head] if head < len(sheet["head"]) else []
    return [name for name in map(fold, row) if name]


def _rows(
    lines: Iterator[Any], first: str, heads: dict[str, int]
) -> Iterator[tuple[int, list[str]]]:
    """Yield (row number, cells) for the worksheets in `heads`, {name: index of the headings}."""
    at, number, skipped = "", 0, -1
    for line in lines:
        if isinstance(line, dict):
            at, number = line["name"], 0
            skipped = -1 if at == first else heads.get(at, -1)
            continue
        number += 1
        if at in heads and number - 1 > skipped:
            yield number, line


def _notes(sheets: list[dict[str, Any]], heads: dict[str, int]) -> Iterator[str]:
    """Yield French notes on a workbook: worksheets not read, hidden rows and columns."""
    if len(heads) > 1:
        yield f"Feuilles lues, qui ont les mêmes colonnes : {_quoted(heads)}."
    left = [each["name"] for each in sheets if each["name"] not in heads and _has_rows(each)]
    if left:
        yield f"Feuille lue : {_quoted(heads)}. Non lue : {_quoted(left)}."
    for sheet in sheets:
        if sheet["name"] not in heads:
            continue
        name = sheet["name"]
        if not sheet["visible"]:
            yield f"La feuille « {name} » est masquée : elle est lue quand même."
        if sheet.get("rows"):
            yield f"Lignes masquées de « {name} », lues quand même : {sheet['rows']}."
        if sheet.get("columns"):
            yield f"La feuille « {name} » a des colonnes masquées : elles sont lues quand même."
        if sheet.get("formulas"):
            yield (
                f"Formules de « {name} » jamais calculées, donc vides : {sheet['formulas']}. "
                "Ouvrez le classeur dans un tableur et enregistrez-le."
            )


def _has_rows(sheet: dict[str, Any]) -> bool:
    return any(map(any, sheet["head"]))


def _quoted(names: Any) -> str:
    return ", ".join(f"« {name} »" for name in names)
