"""Supervised programs are started again when they end, and all stop when a stop is requested."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from explor.site.cli.supervisor import FIRST_DELAY, HEALTHY, LAST_DELAY, TRIES, Delays

CODE = r"""
import sys
from explor.site.cli.failure import Failure
from explor.site.cli.supervisor import supervise
wait = [sys.executable, "-c", "import os, time; os.write(1, b'up\\n'); time.sleep(60)"]
end = [sys.executable, "-c", "raise SystemExit(3)"]
deaf = [sys.executable, "-c", "import os, signal, time; signal.signal(15, signal.SIG_IGN);"
        "os.write(1, b'up\\n'); time.sleep(60)"]
parent = [sys.executable, "-c", "import os, time; os.fork(); os.write(1, b'up\\n'); time.sleep(60)"]
import explor.site.cli.supervisor as module
module.PATIENCE = 1
module.FIRST_DELAY = 0.1
commands = {"wait": wait, "end": end, "deaf": deaf, "parent": parent}
try:
    supervise({"Un": wait, "Deux": commands[sys.argv[1]]})
except Failure as failure:
    print(failure, flush=True)
"""


def start(second: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", CODE, second]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def children_of(parent: "subprocess.Popen[str]", count: int) -> list[psutil.Process]:
    limit = time.monotonic() + 20
    while len(found := psutil.Process(parent.pid).children()) < count:
        assert time.monotonic() < limit
        time.sleep(0.05)
    return found


def wait_for_lines(parent: "subprocess.Popen[str]", count: int) -> None:
    assert parent.stdout is not None
    assert [parent.stdout.readline() for _ in range(count)] == ["up\n"] * count


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("second", ["wait", "deaf"])
def test_stopping_the_supervisor_ends_every_program_it_started(
    number: signal.Signals, second: str
) -> None:
    with start(second) as parent:
        wait_for_lines(parent, 2)
        children = children_of(parent, 2)
        parent.send_signal(number)
        assert parent.wait(20) == 0
    assert [child for child in children if child.is_running()] == []


def test_a_killed_supervised_program_is_started_again_with_a_line_in_the_log() -> None:
    with start("wait") as parent:
        wait_for_lines(parent, 2)
        os.kill(children_of(parent, 2)[1].pid, signal.SIGKILL)
        wait_for_lines(parent, 1)
        parent.send_signal(signal.SIGTERM)
        assert parent.communicate(timeout=20)[1] == (
            "Deux s’est arrêté (signal 9) : il repart dans 0,1 s.\n"
        )


def test_the_child_processes_of_a_killed_program_end_before_it_starts_again() -> None:
    with start("parent") as parent:
        wait_for_lines(parent, 3)
        killed = children_of(parent, 2)[1]
        orphan = killed.children()[0]
        killed.kill()
        wait_for_lines(parent, 2)
        assert not orphan.is_running() or orphan.status() == psutil.STATUS_ZOMBIE
        parent.send_signal(signal.SIGTERM)
        assert parent.wait(20) == 0


def test_all_supervised_programs_stop_with_a_failure_when_one_cannot_start() -> None:
    with start("end") as parent:
        children = children_of(parent, 1)
        said = parent.communicate(timeout=30)
        assert said[0] == (
            "up\nDeux ne démarre pas : 5 essais, le dernier (code 3). "
            "La raison est dite plus haut.\n"
        )
        assert said[1].count("il repart dans") == TRIES - 1
    assert [child for child in children if child.is_running()] == []


def test_the_restart_delay_doubles_up_to_a_limit_and_resets_after_a_minute_of_health() -> None:
    delays = Delays()
    assert delays.after(HEALTHY) == FIRST_DELAY
    waits = [delays.after(HEALTHY - 1) for _ in range(9)]
    assert waits[:4] == [1, 2, 4, 8]
    assert waits[-1] == LAST_DELAY
    assert delays.after(HEALTHY) == FIRST_DELAY


def test_a_supervised_program_that_was_healthy_once_is_always_restarted() -> None:
    delays = Delays()
    delays.after(HEALTHY)
    assert None not in [delays.after(0) for _ in range(20)]


def test_a_supervised_program_that_is_never_healthy_is_no_longer_restarted() -> None:
    delays = Delays()
    assert [delays.after(HEALTHY - 1) for _ in range(TRIES)] == [0.5, 1, 2, 4, None]
