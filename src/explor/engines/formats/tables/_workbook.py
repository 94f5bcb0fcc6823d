"""The rows of a workbook (XLSX, ODS), read in a process of its own.

A file of a few kilobytes may claim billions of cells, or repeat a long text a million times, and
whoever opens it takes the memory it asks for: here the system stops the reader, and it alone. The
reader knows nothing of our settings.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from explor.engines.formats.sheets import UnreadableSheet

from ._workbook_reader import BROKEN

READER = Path(__file__).with_name("_workbook_reader.py")
DAMAGED = "Ce classeur est abîmé : il ne s’ouvre pas."
SWOLLEN = "Ce classeur est démesuré une fois ouvert : refusé. Enregistrez son tableau en CSV."
PATIENCE = 30  # seconds of a machine too busy to give the reader its own few


def workbook_rows(data: bytes) -> Iterator[list[str]]:
    """Yield the rows of the first sheet, every cell a text, formulas their last value.

    UnreadableSheet, at once, for a file that does not open or that swells beyond reason.
    """
    out = TemporaryFile()  # noqa: SIM115 - closed with the rows that are read from it
    command = [sys.executable, "-I", str(READER)]
    try:
        done = subprocess.run(
            command, input=data, stdout=out, stderr=subprocess.DEVNULL, timeout=PATIENCE, env={}
        )
        ended = done.returncode
    except subprocess.TimeoutExpired:
        ended = -1
    if ended:
        out.close()
        raise UnreadableSheet(DAMAGED if ended == BROKEN else SWOLLEN)
    out.seek(0)
    return _rows(out)


def _rows(out: IO[bytes]) -> Iterator[list[str]]:
    with out:
        for line in out:
            yield json.loads(line)
