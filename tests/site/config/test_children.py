"""Child processes end with their parent and do not receive Ctrl-C."""

import os
import signal
import subprocess
import sys
import time

import psutil

from explor.site.config.children import spawn

PARENT = """
import sys, time
from explor.site.config.children import spawn
child = spawn([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
time.sleep(60)
"""


def test_a_child_process_runs_in_its_own_operating_system_session() -> None:
    child = spawn([sys.executable, "-c", "import time; time.sleep(60)"])
    assert os.getsid(child.pid) == child.pid
    child.terminate()
    assert child.wait(10) == -signal.SIGTERM


def test_a_child_process_ends_when_its_parent_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        assert child.is_running()
        parent.kill()
    limit = time.monotonic() + 10
    while child.is_running() and child.status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < limit
        time.sleep(0.05)
