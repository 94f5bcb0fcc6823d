"""Script that reads a web page as a project sheet and writes it as JSON.

Run it as `python -m explor.engines.formats._page_process`: the standard input is the page. The
process limits its own memory and time.
"""

import json
import sys
from dataclasses import asdict
from typing import Any

from explor.engines.formats.sheets import UnreadableSheet, read_html, sheet_to_json
from explor.engines.limits import limit_process

MEMORY = 200_000_000  # bytes of memory
SECONDS = 5  # seconds of processor time


def answer_to(data: bytes) -> dict[str, Any]:
    """Return the JSON for `_page.read_page`: a `Reading`, or {"unreadable": reason}."""
    try:
        reading = read_html(data)
    except UnreadableSheet as fault:
        return {"unreadable": str(fault)}
    return {
        "sheet": sheet_to_json(reading.sheet),
        "fields": [each._asdict() for each in reading.fields],
        "notes": [asdict(each) for each in reading.notes],
        "source_id": reading.source_id,
    }


def main() -> None:
    """Write to standard output the answer for the page on standard input, within limits."""
    limit_process(memory=MEMORY, seconds=SECONDS)
    json.dump(answer_to(sys.stdin.buffer.read()), sys.stdout)


if __name__ == "__main__":
    main()
