"""Private temporary folders of commands that write personal data in clear."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from .failure import Failure
from .supervisor import Stopped, stoppable

FORGOTTEN = 24 * 3600  # seconds; longer than any command


@contextmanager
def folder_in(parent: Path, prefix: str) -> Iterator[Path]:
    """Context manager: yield a private temporary folder, erased at the end or on interruption.

    Old folders of the same prefix, left by killed commands, are erased first.

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
