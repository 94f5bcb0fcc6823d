"""Limit on how many processes open a file at once, so that other threads can serve pages."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from explor.ground.http.exceptions import ActionNotAllowed

AT_ONCE = 2  # maximum in one web server process, which has four threads
PATIENCE = 5  # maximum wait, in seconds
_turns = threading.BoundedSemaphore(AT_ONCE)


@contextmanager
def turn() -> Iterator[None]:
    """Context manager: wait until one more separate process may open a file.

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
