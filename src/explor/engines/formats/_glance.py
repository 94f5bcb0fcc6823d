"""Preview of an uploaded table, read in a separate process with resource limits."""

import json
import subprocess
import sys
from dataclasses import dataclass

from explor.engines.formats.sheets import UnreadableSheet

COMMAND = [sys.executable, "-m", "explor.engines.formats._glance_process"]
PATIENCE = 45  # maximum elapsed seconds; the process itself needs few
SWOLLEN = "Ce tableau est démesuré une fois ouvert : refusé. Partagez-le en plusieurs fichiers."


@dataclass(frozen=True, kw_only=True)
class Glance:
    """The start of a table: `columns` (each with `name` and `example`) and cells of its first rows.

    `ours` is True for an export of Explor, whose columns need not be chosen.
    """

    ours: bool
    columns: list[dict[str, str]]
    rows: list[list[str]]


def glance_at(name: str, data: bytes, *, sheets: bool = False) -> Glance:
    """Return the start of a table; if `sheets`, look for the headings of project sheets.

    Raises UnreadableSheet, with a French message, when the file is not a table or is too large.
    """
    sent = json.dumps([name, sheets]).encode() + b"\n" + data
    try:
        done = subprocess.run(
            COMMAND, input=sent, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=PATIENCE
        )
    except subprocess.TimeoutExpired:
        raise UnreadableSheet(SWOLLEN) from None
    if done.returncode:
        raise UnreadableSheet(SWOLLEN)
    answer = json.loads(done.stdout)
    if "unreadable" in answer:
        raise UnreadableSheet(answer["unreadable"])
    return Glance(**answer)
