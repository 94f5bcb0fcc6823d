"""Servers to measure: start and stop them, read their CPU and memory."""

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from socket import socket

import psutil

from explor.site.config.children import spawn

TICK = os.sysconf("SC_CLK_TCK")
PATIENCE = 60.0  # seconds for a server to answer


def cpu_of(pid: int) -> float:
    """Return the CPU seconds of a process since its start, its threads included."""
    utime, stime = _times(pid)[:2]
    return (utime + stime) / TICK


def cpu_of_database(postmaster: int) -> float:
    """Return the CPU seconds of every process of PostgreSQL, including those that ended."""
    ended = sum(_times(postmaster)[2:4]) / TICK
    return ended + sum(cpu_of(pid) for pid in _children(postmaster))


def cpu_of_server(pid: int) -> float:
    """Return the CPU seconds of a server and of its workers."""
    return cpu_of(pid) + sum(cpu_of(child) for child in _children(pid))


def memory_of(pid: int) -> float:
    """Return the megabytes of a server and of its workers, shared memory counted once (PSS)."""
    every = [psutil.Process(each) for each in (pid, *_children(pid))]
    return sum(each.memory_full_info().pss for each in every) / 1e6


def _children(pid: int) -> list[int]:
    return [child.pid for child in psutil.Process(pid).children(recursive=True)]


def _times(pid: int) -> list[int]:
    """Return the CPU times utime, stime, cutime and cstime, in ticks (see proc_pid_stat(5))."""
    try:
        result = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:  # the process ended since it was listed: its parent counts its time
        return [0, 0, 0, 0]
    return [int(each) for each in result.rpartition(")")[2].split()[11:15]]


@contextmanager
def serving(command: Sequence[str], port: int, path: str, log: Path) -> Iterator[int]:
    """Start a server that answers on `path`, yield its process number, stop it at the end."""
    with log.open("wb") as out:
        process = spawn(command, stdout=out, stderr=subprocess.STDOUT)
        try:
            _wait(process, port, path, log)
            yield process.pid
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _wait(process: "subprocess.Popen[bytes]", port: int, path: str, log: Path) -> None:
    limit = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < limit:
        try:
            client = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            client.request("GET", path)
            if client.getresponse().status < 500:
                return
        except ConnectionError:
            time.sleep(0.05)
    raise SystemExit(f"{path} ne répond pas :\n{log.read_text(errors='replace')[-3000:]}")


def free_port() -> int:
    """Return a port that is free at this moment."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
