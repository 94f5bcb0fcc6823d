"""Process that looks at the start of a table: its columns and its first rows, as JSON.

Run it as `python -m explor.engines.formats._glance_process`: the first line of the standard input
is a list in JSON, the name of the file, whether it holds sheets, and the headings of the table that
it holds; then come its bytes. It limits
its own memory and time.
"""

import json
import resource
import sys
from collections.abc import Collection
from typing import Any

from explor.engines.formats.sheets import UnreadableSheet
from explor.engines.formats.tables import KNOWN, is_ours, objects, start_of

MEMORY = 400_000_000  # bytes, for a file of 20 MB that is parsed whole
SECONDS = 10  # of processor
ROWS, CELL = 5, 80  # rows of the preview, characters of a cell


def glance(
    name: str, data: bytes, *, sheets: bool = False, known: Collection[str] = ()
) -> dict[str, Any]:
    """Return the `columns` and `rows` of a table, and whether it is an export of Explor, `ours`.

    With `sheets`, the headings are looked for among the names of the fields of a project sheet.

    Raises UnreadableSheet when the file is not a table.
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
    """Write what `glance` returns, or `unreadable` with the reason."""
    for what, most in (
        (resource.RLIMIT_DATA, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    first, _, data = sys.stdin.buffer.read().partition(b"\n")
    try:
        name, sheets, known = json.loads(first)
        answer = glance(name, data, sheets=sheets, known=known)
    except UnreadableSheet as fault:
        answer = {"unreadable": str(fault)}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
