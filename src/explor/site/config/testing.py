"""A pytest plugin that starts a temporary PostgreSQL server before Django loads its settings.

It is loaded by `-p` in pyproject.toml, because pytest-django loads the settings before any
conftest. All the processes of a test run share one server, deleted at the end of the run; what a
killed run leaves is deleted by the next run. When `DATABASE_URL` is set, its server is used.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from .postgres import Server

PREFIX = "explor-tests-"
HASTY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")
run = pytest.StashKey[Path]()
own = pytest.StashKey[Server]()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Create the folder of the test run, and start its server unless `DATABASE_URL` is set."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        _sweep()
        # The name contains the process id, by which the next run detects that this run has ended.
        folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
        early_config.stash[run] = folder
        (folder / "static").mkdir()
        os.environ["EXPLOR_VAR"] = str(folder)
        if not os.environ.get("DATABASE_URL"):
            server = Server(folder / "postgres", HASTY)
            server.start()
            early_config.stash[own] = server
            os.environ["DATABASE_URL"] = server.url
    return (yield)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Delete the server and the folder of the test run, even after Ctrl-C."""
    if server := config.stash.get(own, None):
        server.destroy()
    if folder := config.stash.get(run, None):
        shutil.rmtree(folder, ignore_errors=True)


def _sweep() -> None:
    """Delete the servers and the folders left by test runs that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        number = folder.name.removeprefix(PREFIX).partition("-")[0]
        if number.isdigit() and not psutil.pid_exists(int(number)) and _ours(folder):
            Server(folder / "postgres").destroy()
            shutil.rmtree(folder, ignore_errors=True)


def _ours(folder: Path) -> bool:
    """Return whether a folder belongs to this user; False if another run has just deleted it."""
    try:
        return folder.stat().st_uid == os.getuid()
    except FileNotFoundError:
        return False
