"""Execution of several programs together: when one ends, all of them are stopped."""

import signal
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import FrameType

from explor.site.config.children import spawn

from .failure import Failure

STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 15  # seconds allowed for a program to stop before it is killed


class Stopped(Exception):
    """The request to stop, by Ctrl-C, `kill` or the closing of the terminal."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Raise `Stopped` inside the `with` block when a stop is requested."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise Stopped

    with _handling(stop):
        yield


def supervise(
    programs: Mapping[str, Sequence[str]], *, watch: Callable[[], None] = lambda: None
) -> None:
    """Run `programs` until a stop is requested, then stop them all.

    Args:
        programs: the command of each program, by the French name shown in messages.
        watch: function called every 0.3 second while the programs run.

    Raises:
        Failure: a program ended by itself.
    """
    stop_requested = threading.Event()
    children: dict[str, subprocess.Popen[bytes]] = {}
    with _handling(lambda number, frame: stop_requested.set()):
        try:
            for name, command in programs.items():
                children[name] = spawn(command)
            while not stop_requested.wait(0.3):
                for name, child in children.items():
                    if child.poll() is not None:
                        raise Failure(f"{name} s’est arrêté (code {child.returncode}).")
                watch()
        finally:
            _stop(list(children.values()))


def _stop(children: list["subprocess.Popen[bytes]"]) -> None:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


@contextmanager
def _handling(handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    before = {number: signal.signal(number, handler) for number in STOPS}
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)
