"""Script that reads JSON on its standard input and writes its objects as JSON lines.

The input is a list of objects, or one object a line. It imports nothing from Explor, so that the
process is small, and it limits its own resources.
"""

import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

MEMORY = 200_000_000  # bytes
SECONDS = 5  # of processor
WRITTEN = 60_000_000  # bytes
DEEPEST = 60  # objects and lists in one another
LONGEST = 1_000_000  # bytes of one object: a sheet has five times less
# The keys under which a service answers with its list of objects.
LISTS = {"results", "resultats", "items", "data", "donnees", "records", "projets", "projects",
         "fiches", "sheets"}  # fmt: skip
BROKEN, NO_OBJECTS, LONG = 3, 4, 5  # exit codes; others than 0 mean too large


def items_of(text: str) -> Iterator[Any]:
    """Yield the items of a JSON list, of JSON lines, or the object that the whole file is.

    Raises ValueError for anything else.
    """
    if text.startswith("["):
        yield from json.loads(text)
        return
    try:
        item = json.loads(text)
    except ValueError:
        pass  # several objects, one a line
    else:
        keys = [key for key in item if key.lower() in LISTS] if isinstance(item, dict) else []
        yield from next((item[key] for key in keys if isinstance(item[key], list)), [item])
        return
    for line in text.split("\n"):  # a text may hold what `splitlines` takes for a line end
        if line.strip():
            yield json.loads(line)


def main() -> None:
    """Write each object of the input on a line, within limits of memory, time and depth.

    Exits with the status BROKEN when the input is not JSON, NO_OBJECTS when it is not made of
    objects, LONG when one is too long.
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
