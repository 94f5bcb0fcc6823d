"""Script that reads JSON on standard input and writes its objects as JSON lines.

The input is a list of objects, or one object per line. The script imports nothing from Explor, so
the process is small, and it limits its own resources.
"""

import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

MEMORY = 200_000_000  # bytes of memory
SECONDS = 5  # seconds of processor time
WRITTEN = 60_000_000  # bytes of output
DEEPEST = 60  # maximum depth of nested objects and lists
LONGEST = 1_000_000  # maximum bytes of one object, five times a large sheet
# The keys under which web services return a list of objects.
LISTS = {"results", "resultats", "items", "data", "donnees", "records", "projets", "projects",
         "fiches", "sheets"}  # fmt: skip
BROKEN, NO_OBJECTS, LONG = 3, 4, 5  # exit codes; any other non-zero code means too large


def items_of(text: str) -> Iterator[Any]:
    """Yield the items of a JSON list, of JSON lines, or the single object of the file.

    Raises ValueError for anything else.
    """
    if text.startswith("["):
        yield from json.loads(text)
        return
    try:
        item = json.loads(text)
    except ValueError:
        pass  # several objects, one per line
    else:
        keys = [key for key in item if key.lower() in LISTS] if isinstance(item, dict) else []
        yield from next((item[key] for key in keys if isinstance(item[key], list)), [item])
        return
    for line in text.split("\n"):  # `splitlines` would also split at other characters inside a text
        if line.strip():
            yield json.loads(line)


def main() -> None:
    """Write each object of standard input on one line, within limits of memory, time and depth.

    Exits with the status BROKEN when the input is not JSON, NO_OBJECTS when it does not consist of
    objects, LONG when an object is too long.
    """
    for what, most in (
        (resource.RLIMIT_DATA, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    sys.setrecursionlimit(DEEPEST + 20)
    count = 0
    try:
        for item in items_of(sys.stdin.buffer.read().decode("utf-8-sig").strip()):
            if not isinstance(item, dict):
                sys.exit(NO_OBJECTS)
            line = json.dumps(item)
            if len(line) > LONGEST:
                sys.exit(LONG)
            sys.stdout.write(line + "\n")
            count += 1
    except (ValueError, RecursionError):
        sys.exit(BROKEN)
    if not count:
        sys.exit(NO_OBJECTS)


if __name__ == "__main__":
    main()
