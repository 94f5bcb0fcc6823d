"""Output of a command: a file, or the screen."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from .failure import Failure


def write(text: str, out: str) -> None:
    """Write `text` to the file `out`, or to standard output for « - »."""
    with opened(out) as file:
        file.write(text.encode())


@contextmanager
def opened(out: str) -> Iterator[IO[bytes]]:
    """Open the file `out` for bytes, or standard output for « - ».

    A command that fails leaves the former file as it was.
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
        # The reader closed the pipe: the last flush of Python needs another place to write.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
