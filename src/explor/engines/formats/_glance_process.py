"""Script that reads the start of a table and writes its columns and first rows as JSON.

Run it as `python -m explor.engines.formats._glance_process`: the first line of standard input is a
JSON list (name of the file, whether it contains project sheets, headings of the table that it holds
otherwise), followed by the bytes of the file. The process limits its own memory and time.
"""

import json
import sys
from collections.abc import Collection
from typing import Any

from explor.engines.formats.sheets import UnreadableSheet
from explor.engines.formats.tables import KNOWN, is_ours, objects, start_of
from explor.engines.limits import limit_process

MEMORY = 400_000_000  # bytes of memory, enough for a file of 20 MB
SECONDS = 10  # seconds of processor time
ROWS, CELL = 5, 80  # rows of the preview, characters per cell


def glance(
    name: str, data: bytes, *, sheets: bool = False, known: Collection[str] = ()
) -> dict[str, Any]:
    """Return {`columns`, `rows`, `ours`} for the start of a table; `ours` means exported by Explor.

    `columns` and `rows` are empty for a JSON file of project sheets exported by Explor.

    Args:
        name: the name of the file; its extension gives the format.
        data: the content of the file.
        sheets: whether the file contains project sheets.
        known: the headings by which the row of headings is recognised; with `sheets`, those of
            project sheets are used instead.

    Raises:
        UnreadableSheet: the file is not a table.
    """
    if sheets and name.lower().endswith((".json", ".jsonl", ".jsonld")) and is_ours(objects(data)):
        return {"ours": True, "columns": [], "rows": []}
    columns, rows = start_of(data, name, KNOWN if sheets else known)
    return {
        "ours": False,
        "columns": [{"name": each.name, "example": each.example} for each in columns],
        "rows": [[cell[:CELL] for cell in row[: len(columns)]] for row in rows[:ROWS]],
    }


def main() -> None:
    """Write to standard output the JSON of `glance`, or {"unreadable": reason}."""
    limit_process(memory=MEMORY, seconds=SECONDS)
    first, _, data = sys.stdin.buffer.read().partition(b"\n")
    try:
        name, sheets, known = json.loads(first)
        answer = glance(name, data, sheets=sheets, known=known)
    except UnreadableSheet as fault:
        answer = {"unreadable": str(fault)}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
