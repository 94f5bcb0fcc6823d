"""Few processes that open a file at once, so that the other threads still answer pages."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from explor.ground.http.exceptions import ActionNotAllowed

AT_ONCE = 2  # in one process of the web server, which has four threads
PATIENCE = 5  # seconds
_turns = threading.BoundedSemaphore(AT_ONCE)


@contextmanager
def turn() -> Iterator[None]:
    """Wait for a turn to open a file in a separate process.

    Raises:
        ActionNotAllowed: too many files are being opened.
    """
    if not _turns.acquire(timeout=PATIENCE):
        raise ActionNotAllowed(
            "Beaucoup de fichiers arrivent en ce moment. Déposez le vôtre de nouveau dans une "
            "minute."
        )
    try:
        yield
    finally:
        _turns.release()
