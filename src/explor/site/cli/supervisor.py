"""Execution of several programs together: each that ends is restarted, all stop together."""

import logging
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from time import monotonic
from types import FrameType

from explor.site.config.children import spawn

from .failure import Failure

STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 15  # seconds allowed for a program to stop before it is killed
FIRST_DELAY, LAST_DELAY = 0.5, 30.0  # seconds before a program is started again; doubles each time
HEALTHY = 60.0  # seconds after which a program counts as healthy
TRIES = 5  # maximum number of starts of a program that was never healthy

log = logging.getLogger("explor.supervisor")


class Stopped(Exception):
    """The request to stop, by Ctrl-C, `kill` or the closing of the terminal."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Raise `Stopped` inside the `with` block when a stop is requested."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise Stopped

    with _handling(stop):
        yield


class Delays:
    """The growing delay between two starts of one program, in seconds."""

    def __init__(self) -> None:
        self.next = FIRST_DELAY
        self.ends = 0
        self.was_healthy = False

    def after(self, life: float) -> float | None:
        """Return the delay before restarting a program that ran `life` seconds; None to give up.

        A program that was healthy once is always restarted.
        """
        if life >= HEALTHY:
            self.next, self.was_healthy = FIRST_DELAY, True
        self.ends += 1
        if not self.was_healthy and self.ends >= TRIES:
            return None
        delay, self.next = self.next, min(self.next * 2, LAST_DELAY)
        return delay


class Program:
    """A program that is started at once, and restarted each time it ends.

    Args:
        name: its French name, with its article, shown in messages.
        command: its command.
    """

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name, self.command = name, command
        self.delays = Delays()
        self.process: subprocess.Popen[bytes] | None = None
        self.start_at = 0.0
        self.start()

    def start(self) -> None:
        self.started_at = monotonic()
        self.process = spawn(self.command)

    def keep_alive(self) -> None:
        """Restart the program if it has ended and its delay has passed.

        Raises:
            Failure: it ended several times and was never healthy.
        """
        if self.process is None:
            if monotonic() >= self.start_at:
                self.start()
        elif self.process.poll() is not None:
            self._plan(_ended(self.process))

    def _plan(self, how: str) -> None:
        self.kill()
        delay = self.delays.after(monotonic() - self.started_at)
        if delay is None:
            raise Failure(
                f"{self.name} ne démarre pas : {TRIES} essais, le dernier {how}. "
                "La raison est dite plus haut."
            )
        seconds = f"{delay:.1f}".replace(".", ",")
        log.warning("%s s’est arrêté %s : il repart dans %s s.", self.name, how, seconds)
        self.process, self.start_at = None, monotonic() + delay

    def kill(self) -> None:
        """Kill the program and the child processes of its group, which could outlive it."""
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def supervise(
    programs: Mapping[str, Sequence[str]], *, watch: Callable[[], None] = lambda: None
) -> None:
    """Run programs, restarted when they end, until a stop is requested; then stop all of them.

    Args:
        programs: the command of each program, by the French name shown in messages.
        watch: function called every 0.3 second while the programs run.

    Raises:
        Failure: a program cannot start.
    """
    stop_requested = threading.Event()
    children: list[Program] = []
    with _handling(lambda number, frame: stop_requested.set()):
        try:
            for name, command in programs.items():
                children.append(Program(name, command))
            while not stop_requested.wait(0.3):
                for child in children:
                    child.keep_alive()
                watch()
        finally:
            _stop(children)


def _ended(process: "subprocess.Popen[bytes]") -> str:
    code = process.returncode
    return f"(signal {-code})" if code < 0 else f"(code {code})"


def _stop(children: Sequence[Program]) -> None:
    running = [child for child in children if child.process is not None]
    for child in running:
        child.process.terminate()  # type: ignore[union-attr]
    limit = monotonic() + PATIENCE
    for child in running:
        with suppress(subprocess.TimeoutExpired):
            child.process.wait(max(0.0, limit - monotonic()))  # type: ignore[union-attr]
        child.kill()


@contextmanager
def _handling(handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    before = {number: signal.signal(number, handler) for number in STOPS}
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)
