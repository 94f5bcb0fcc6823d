"""Reading of a file in a separate process, whose limits protect the calling process.

A file of a few kilobytes may declare billions of cells, or nest a million lists, and so exhaust the
memory of the process that opens it: only the reading process is then stopped, not Explor.
"""

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from tempfile import TemporaryFile
from typing import IO, Any

from explor.engines.formats.sheets import UnreadableSheet

PATIENCE = 30  # seconds to wait on a busy machine; the reading process itself needs few


def lines_apart(
    command: Sequence[str],
    data: bytes,
    *,
    refusals: Mapping[int, str],
    swollen: str,
    env: Mapping[str, str] | None = None,
) -> Iterator[Any]:
    """Run a process on `data`; return an iterator over the JSON values that it writes.

    Args:
        command: the process, which reads the data on its standard input and limits itself.
        data: the bytes of the file.
        refusals: the French message of each exit code with which the process refuses a file.
        swollen: the French message when the process exceeds its limits.
        env: the environment of the process, by default that of the current process.

    Raises UnreadableSheet, before any line, for a file that the process refuses.
    """
    out = TemporaryFile()  # noqa: SIM115 - closed with the lines that are read from it
    try:
        done = subprocess.run(
            command, input=data, stdout=out, stderr=subprocess.DEVNULL, timeout=PATIENCE, env=env
        )
        ended = done.returncode
    except subprocess.TimeoutExpired:
        ended = -1
    if ended:
        out.close()
        raise UnreadableSheet(refusals.get(ended, swollen))
    out.seek(0)
    return _lines(out)


def _lines(out: IO[bytes]) -> Iterator[Any]:
    with out:
        for line in out:
            yield json.loads(line)
