"""Supervised programs all stop when a stop is requested or one of them ends."""

import signal
import subprocess
import sys
import time

import psutil
import pytest

CODE = r"""
import sys
from explor.site.cli.failure import Failure
from explor.site.cli.supervisor import supervise
wait = [sys.executable, "-c", "import os, time; os.write(1, b'up\\n'); time.sleep(60)"]
end = [sys.executable, "-c", "import time; time.sleep(1); raise SystemExit(3)"]
deaf = [sys.executable, "-c", "import os, signal, time; signal.signal(15, signal.SIG_IGN);"
        "os.write(1, b'up\\n'); time.sleep(60)"]
import explor.site.cli.supervisor as module
module.PATIENCE = 1
try:
    supervise({"Un": wait, "Deux": {"wait": wait, "end": end, "deaf": deaf}[sys.argv[1]]})
except Failure as failure:
    print(failure, flush=True)
"""


def start(second: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", CODE, second]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)


def children_of(parent: "subprocess.Popen[str]", count: int) -> list[psutil.Process]:
    limit = time.monotonic() + 20
    while len(found := psutil.Process(parent.pid).children()) < count:
        assert time.monotonic() < limit
        time.sleep(0.05)
    return found


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("second", ["wait", "deaf"])
def test_stopping_the_supervisor_ends_every_program_it_started(
    number: signal.Signals, second: str
) -> None:
    with start(second) as parent:
        assert parent.stdout is not None
        assert [parent.stdout.readline() for _ in range(2)] == ["up\n", "up\n"]
        children = children_of(parent, 2)
        parent.send_signal(number)
        assert parent.wait(20) == 0
    assert [child for child in children if child.is_running()] == []


def test_the_supervisor_stops_all_programs_when_one_of_them_ends() -> None:
    with start("end") as parent:
        children = children_of(parent, 2)
        assert parent.communicate(timeout=20)[0] == "up\nDeux s’est arrêté (code 3).\n"
    assert [child for child in children if child.is_running()] == []
