"""Reading of sheets in JSON or JSON lines: Explor's own export, or flat objects (table rows)."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from explor.engines.formats.sheets import (
    KINDS,
    Reading,
    UnreadableSheet,
    lenient_sheet,
    sheet_from_jsonld,
)

from ._apart import lines_apart
from ._json_cells import cell_of
from ._json_reader import BROKEN, LONG, LONGEST, NO_OBJECTS

JSON_TYPES: dict[str, type] = dict.fromkeys(("names", "goals", "types", "links"), list)
READER = Path(__file__).with_name("_json_reader.py")
REFUSALS = {
    BROKEN: "Ce n’est pas du JSON lisible, ou il imbrique trop de listes.",
    NO_OBJECTS: "Une liste d’objets JSON est attendue, un par fiche.",
    LONG: f"Un objet de ce fichier dépasse {LONGEST:,} caractères : refusé.".replace(",", " "),
}
SWOLLEN = "Ce fichier est démesuré une fois ouvert : refusé. Partagez-le en plusieurs fichiers."
MAX_NAMES = 5_000  # maximum number of distinct keys of all objects
MAX_BYTES = 20_000_000
# The Python type of each key of a sheet in Explor's JSON.
TYPES: dict[str, type] = {
    name.partition(".")[0]: dict if "." in name or kind == "money" else JSON_TYPES.get(kind, str)
    for name, kind in KINDS.items()
}
OWN = "fiche"  # the key of the sheet in an exported object


def objects(data: bytes) -> Iterator[dict[str, Any]]:
    """Return an iterator over the objects of a JSON list or of JSON lines.

    They are read in a separate process with limits. Raises UnreadableSheet, before any object, for
    a file of another format or too large.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableSheet(f"Le fichier dépasse {MAX_BYTES // 1_000_000} Mo.")
    command = [sys.executable, "-I", str(READER)]
    return lines_apart(command, data, refusals=REFUSALS, swollen=SWOLLEN, env={})


def is_ours(items: Iterable[dict[str, Any]]) -> bool:
    """Return whether the first object shows that these objects were exported by Explor."""
    return any(isinstance(each.get(OWN), dict) or _is_sheet(each) for each in islice(items, 1))


def _is_sheet(item: Mapping[str, Any]) -> bool:
    """Return whether an object is a single sheet exported in JSON or JSON-LD."""
    if "@context" in item:
        return True
    return bool(item) and all(
        key in TYPES and isinstance(value, TYPES[key]) for key, value in item.items()
    )


def own_sheets(data: bytes) -> Iterator[Reading]:
    """Yield the sheets exported by Explor, from a data set or a single sheet in JSON or JSON-LD.

    Unreadable values are left out, with a report. The URL of a sheet is its identifier.
    """
    for number, each in enumerate(objects(data), 1):
        if "@context" in each:
            yield sheet_from_jsonld(each, line=number)
        else:
            url = each.get("url") if OWN in each else None
            reading = lenient_sheet(each.get(OWN, each), line=number)
            yield replace(reading, source_id=url if isinstance(url, str) else None)


def table_rows(data: bytes) -> Iterator[list[str]]:
    """Yield objects as table rows: a row of keys, then one row per object; lists use « | ».

    Raises UnreadableSheet, before any row, for more than `MAX_NAMES` keys or as `objects` does.
    """
    names: dict[str, None] = {}
    for each in objects(data):
        names.update(dict.fromkeys(each))
        if len(names) > MAX_NAMES:
            raise UnreadableSheet(f"Plus de {MAX_NAMES} clés : ce tableau n’est pas une liste.")
    yield list(names)
    for each in objects(data):
        yield [cell_of(each.get(name)).text for name in names]
