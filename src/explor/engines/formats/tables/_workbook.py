"""Reading of a workbook (XLSX, ODS) in a separate process, for security.

The reading process does not load the settings of Explor.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ._apart import lines_apart
from ._workbook_reader import BROKEN

READER = Path(__file__).with_name("_workbook_reader.py")
DAMAGED = "Ce classeur est abîmé : il ne s’ouvre pas."
SWOLLEN = "Ce classeur est démesuré une fois ouvert : refusé. Enregistrez son tableau en CSV."


def workbook_lines(data: bytes) -> Iterator[Any]:
    """Return the JSON values written by `_workbook_reader`: the worksheets, then the rows of each.

    Raises UnreadableSheet, before any line, for a file that cannot be opened or is too large once
    decompressed.
    """
    command = [sys.executable, "-I", str(READER)]
    return lines_apart(command, data, refusals={BROKEN: DAMAGED}, swollen=SWOLLEN, env={})
