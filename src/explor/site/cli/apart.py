"""Temporary folders of the commands that lay out personal data in clear."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from .failure import Failure
from .supervisor import Stopped, stoppable

FORGOTTEN = 24 * 3600  # seconds; no command lasts so long


@contextmanager
def folder_in(parent: Path, prefix: str) -> Iterator[Path]:
    """Yield a folder that this account alone reads; erase it at the end, and when it is stopped.

    Those of the same prefix that a killed command left are erased first.

    Raises:
        Failure: a stop was requested.
    """
    for left in parent.glob(f"{prefix}*"):
        if left.is_dir() and time.time() - left.stat().st_mtime > FORGOTTEN:
            shutil.rmtree(left, ignore_errors=True)
    try:
        with stoppable(), TemporaryDirectory(dir=parent, prefix=prefix) as name:
            yield Path(name)
    except Stopped as stopped:
        raise Failure("Arrêté avant la fin.") from stopped
