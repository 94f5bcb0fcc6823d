"""Child processes that end when the process that started them ends, even if it is killed."""

import ctypes
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Any

PR_SET_PDEATHSIG = 1  # constant of linux/prctl.h


def spawn(
    command: Sequence[str], *, on_orphaned: int = signal.SIGTERM, **options: Any
) -> "subprocess.Popen[bytes]":
    """Start `command` in its own session: Ctrl-C does not reach the child, its parent must stop it.

    On Linux, when the parent is killed, the kernel sends the signal `on_orphaned` to the child.
    """
    prepare = _preparation(on_orphaned)
    return subprocess.Popen(command, start_new_session=True, preexec_fn=prepare, **options)


def die_with_parent(number: int = signal.SIGTERM) -> None:
    """On Linux, have the kernel send this signal to this process when its parent ends."""
    _preparation(number)()


def _preparation(number: int) -> Callable[[], None]:
    # Loaded before the fork, after which the child should run as little code as possible.
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

    def prepare() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        if libc is not None:
            libc.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)

    return prepare
