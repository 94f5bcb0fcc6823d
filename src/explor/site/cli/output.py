"""Output of a command, to a file or to standard output."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from .failure import Failure


def write(text: str, out: str) -> None:
    """Write `text` to the file `out`, or to standard output when `out` is "-"."""
    with opened(out) as file:
        file.write(text.encode())


@contextmanager
def opened(out: str) -> Iterator[IO[bytes]]:
    """Open the file `out` to write bytes, or standard output when `out` is "-".

    A command that fails leaves the existing file unchanged.

    Raises:
        Failure: the file cannot be written.
    """
    if out == "-":
        yield from _screen()
        return
    path = Path(out)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with aside.open("wb") as file:
            yield file
        aside.replace(path)
    except OSError as fault:
        raise Failure(f"« {out} » ne s’écrit pas ({fault.strerror}).") from fault
    finally:
        aside.unlink(missing_ok=True)


def _screen() -> Iterator[IO[bytes]]:
    try:
        yield sys.stdout.buffer
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader closed the pipe: send Python's final flush elsewhere, or it would fail too.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
