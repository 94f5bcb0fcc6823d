"""Reading of a web page as a project sheet, in a separate process with resource limits."""

import sys

from explor.engines.formats.sheets import (
    FieldReport,
    Note,
    Reading,
    UnreadableSheet,
    sheet_from_json,
)
from explor.engines.formats.tables import lines_apart

COMMAND = [sys.executable, "-m", "explor.engines.formats._page_process"]
SWOLLEN = "Cette page est démesurée une fois ouverte : refusée."


def read_page(data: bytes) -> Reading:
    """Return the project sheet read from a web page, with reports and notes.

    Raises UnreadableSheet, with a French message, when the page has no sheet or is too large.
    """
    answer = next(lines_apart(COMMAND, data, refusals={}, swollen=SWOLLEN))
    if "unreadable" in answer:
        raise UnreadableSheet(answer["unreadable"])
    return Reading(
        sheet=sheet_from_json(answer["sheet"]),
        fields=tuple(FieldReport(**each) for each in answer["fields"]),
        notes=tuple(Note(**each) for each in answer["notes"]),
        source_id=answer["source_id"],
    )
