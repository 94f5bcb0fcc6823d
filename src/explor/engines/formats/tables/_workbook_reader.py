"""Script that reads a workbook on standard input and writes its worksheets as JSON lines.

The first line describes all worksheets; then, for each worksheet, an object with its name is
followed by its rows. The script imports nothing from Explor, so the process is small, and it limits
its own resources.
"""

import json
import re
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

MEMORY = 200_000_000  # bytes of memory
SECONDS = 4  # seconds of processor time
WRITTEN = 200_000_000  # bytes of output
BROKEN = 3  # exit code for a file that is not a workbook; other non-zero codes mean too large
HEAD = 20  # number of first rows searched for headings

# Facts that the workbook library does not give: hidden rows and columns, formulas never computed.
# The XML is searched as bytes, only to count them.
PAGE = re.compile(rb'<sheet\b[^>]*?\br:id="([^"]+)"')
LINK = re.compile(rb"<Relationship\b[^>]*>")
HIDDEN_ROW = re.compile(rb'<row\b[^>]*\bhidden="(?:1|true)"')
HIDDEN_COLUMN = re.compile(rb'<col\b[^>]*\bhidden="(?:1|true)"')
NOT_COMPUTED = re.compile(
    rb"<c\b[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>"
)
HIDDEN_IN_ODS = re.compile(rb'<table:table-(row|column)\b[^>]*table:visibility="collapse"')


def text_of(cell: Any) -> str:
    """Return a cell as a person would type it: an ISO date, an integer without decimals...

    A number never has exactly three decimals: « 12.345 » would read as twelve thousand in French.
    """
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return f"{cell.total_seconds() / 3600:g} h"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, float) and str(cell)[-4:-3] == ".":
        return f"{cell}0"
    return "" if cell is None else str(cell)


def rows_of(sheet: Any) -> Iterator[list[str]]:
    """Yield the rows of a worksheet as texts; a merged cell is repeated in each of its rows."""
    spans = {
        (row, first[1]): first[0]
        for first, last in sheet.merged_cell_ranges or ()
        for row in range(first[0] + 1, min(last[0], first[0] + 10_000) + 1)
    }
    tops: dict[tuple[int, int], str] = {}
    wanted = {(top, column) for (_, column), top in spans.items()}
    for number, cells in enumerate(sheet.iter_rows()):
        row = [text_of(cell) for cell in cells]
        for at in range(len(row)) if spans else ():
            place = (number, at)
            if place in wanted:
                tops[place] = row[at]
            elif place in spans and not row[at]:
                row[at] = tops.get((spans[place], at), "")
        yield row


def omissions_of(data: bytes, count: int) -> list[dict[str, int]]:
    """Return the numbers of hidden rows, hidden columns and formulas not computed, by worksheet.

    Keys: `rows`, `columns` and `formulas`; {} when they are unknown. For ODS, the first item counts
    the whole file, without formulas. The list is empty for a file that is not a workbook.
    """
    try:
        with ZipFile(BytesIO(data)) as book:
            names = set(book.namelist())
            if "content.xml" in names:
                kinds = [m[1] for m in HIDDEN_IN_ODS.finditer(book.read("content.xml"))]
                omissions = {"rows": kinds.count(b"row"), "columns": kinds.count(b"column")}
                return [omissions, *({} for _ in range(count - 1))]
            links = book.read("xl/_rels/workbook.xml.rels")
            paths = dict(map(_target, LINK.findall(links)))
            pages = [paths.get(key, "") for key in PAGE.findall(book.read("xl/workbook.xml"))]
            return [_counts(book.read(path)) if path in names else {} for path in pages[:count]]
    except (BadZipFile, KeyError, OSError):
        return []


def _target(link: bytes) -> tuple[bytes, str]:
    key, path = (re.search(rb'\b%b="([^"]*)"' % name, link) for name in (b"Id", b"Target"))
    target = path[1].decode("utf-8", "replace") if path else ""
    return (key[1] if key else b""), target.lstrip("/") if target[:1] == "/" else f"xl/{target}"


def _counts(page: bytes) -> dict[str, int]:
    return {
        "rows": len(HIDDEN_ROW.findall(page)),
        "columns": len(HIDDEN_COLUMN.findall(page)),
        "formulas": len(NOT_COMPUTED.findall(page)) if b"<f" in page else 0,
    }


def main() -> None:
    """Write the worksheets of a workbook as JSON lines, within limits of memory and time.

    The workbook is the standard input, the result the standard output. Exits with the status BROKEN
    when the input is not a workbook.
    """
    for what, most in (
        (resource.RLIMIT_DATA, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    data = sys.stdin.buffer.read()
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        metas = book.sheets_metadata
        places = [at for at, each in enumerate(metas) if each.typ == SheetTypeEnum.WorkSheet]
        if not places:
            sys.exit(BROKEN)
        omissions = omissions_of(data, len(metas))
        heads = []
        for at in places:
            head = [row for row, _ in zip(rows_of(book.get_sheet_by_index(at)), range(HEAD),
                                          strict=False)]  # fmt: skip
            visible = metas[at].visible == SheetVisibleEnum.Visible
            heads.append({"name": metas[at].name, "visible": visible, "head": head,
                          **(omissions[at] if at < len(omissions) else {})})  # fmt: skip
        sys.stdout.write(json.dumps(heads) + "\n")
        for at in places:
            sys.stdout.write(json.dumps({"name": metas[at].name}) + "\n")
            for row in rows_of(book.get_sheet_by_index(at)):
                sys.stdout.write(json.dumps(row) + "\n")
    except (CalamineError, IndexError):
        sys.exit(BROKEN)


if __name__ == "__main__":
    main()
