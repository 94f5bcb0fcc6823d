"""Script that reads a workbook on its standard input and writes its first sheet as JSON lines.

It imports nothing from Explor, so that the process is small, and it limits its own resources.
"""

import json
import resource
import sys
from datetime import date, datetime
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

MEMORY = 200_000_000  # bytes
SECONDS = 4  # of processor
WRITTEN = 200_000_000  # bytes
BROKEN = 3  # exit code for a file that is no workbook; others than 0 mean too large


def text_of(cell: Any) -> str:
    """Return a cell as a person would type it: an ISO date, an integer without decimals...

    A number never has exactly three decimals: « 12.345 » would read as twelve thousand in French.
    """
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, float) and str(cell)[-4:-3] == ".":
        return f"{cell}0"
    return "" if cell is None else str(cell)


def main() -> None:
    """Write the first sheet of a workbook as JSON lines, within limits of memory and time.

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
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(sys.stdin.buffer.read()))
        sheet = book.get_sheet_by_index(0)
    except (CalamineError, IndexError):
        sys.exit(BROKEN)
    for row in sheet.iter_rows():
        print(json.dumps([text_of(cell) for cell in row]))


if __name__ == "__main__":
    main()
