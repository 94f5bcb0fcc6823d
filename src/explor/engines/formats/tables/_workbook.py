"""Reading of the rows of a workbook (XLSX, ODS), in a separate process, for safety.

A file of a few kilobytes may declare billions of cells, or repeat a long text a million times, and
so exhaust the memory of the process that opens it: only the reading process is then stopped, not
Explor. The reading process does not load the settings of Explor.
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
PATIENCE = 30  # seconds to wait on a busy machine; the reading process itself uses few


def workbook_rows(data: bytes) -> Iterator[list[str]]:
    """Yield the rows of the first sheet, cells as texts, formulas as their last value.

    Raises UnreadableSheet, before any row, for a file that cannot be opened or is too large once
    decompressed.
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
