"""A first look at an uploaded table, in a separate process whose limits protect the caller."""

import json
import subprocess
import sys
from collections.abc import Collection
from dataclasses import dataclass

from explor.engines.formats.sheets import UnreadableSheet

COMMAND = [sys.executable, "-m", "explor.engines.formats._glance_process"]
PATIENCE = 45  # seconds of elapsed time; the process itself uses few
SWOLLEN = "Ce tableau est démesuré une fois ouvert : refusé. Partagez-le en plusieurs fichiers."


@dataclass(frozen=True, kw_only=True)
class Glance:
    """The start of a table: its columns as `name` and `example`, the cells of its first rows.

    `ours` tells an export of Explor, which has no columns to choose.
    """

    ours: bool
    columns: list[dict[str, str]]
    rows: list[list[str]]


def glance_at(
    name: str, data: bytes, *, sheets: bool = False, known: Collection[str] = ()
) -> Glance:
    """Return the start of a table; of project sheets, whose headings are known, when `sheets`.

    `known` are the folded headings of another table, by which it is found in a workbook.

    Raises UnreadableSheet, with a French message, when the file is not a table or is too large.
    """
    sent = json.dumps([name, sheets, sorted(known)]).encode() + b"\n" + data
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
