"""Where a command writes: a file, or the screen."""

import sys
from pathlib import Path

from .failure import Failure


def write(text: str, out: str) -> None:
    """Write `text` to the file `out`, or to standard output for « - »."""
    if out == "-":
        sys.stdout.write(text)
        return
    try:
        Path(out).write_text(text, encoding="utf-8")
    except OSError as fault:
        raise Failure(f"« {out} » ne s’écrit pas ({fault.strerror}).") from fault
