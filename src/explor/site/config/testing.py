"""A plugin of pytest: the suite gets a throwaway PostgreSQL before Django reads its settings.

Loaded by `-p` in pyproject.toml, since pytest-django reads the settings before any conftest. One
server serves all the processes of a run; it is removed at the end, and what a killed run left is
removed by the next one. With `DATABASE_URL` set, that server is used and only a database is made.
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
    """Make the folder of the run, and its server when none is named, before pytest-django."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        _sweep()
        # By the number of the process, the next run knows whether this one is alive.
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
    """Remove the server and the folder of the run, also after Ctrl-C."""
    if server := config.stash.get(own, None):
        server.destroy()
    if folder := config.stash.get(run, None):
        shutil.rmtree(folder, ignore_errors=True)


def _sweep() -> None:
    """Remove the folders of runs that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        number = folder.name.removeprefix(PREFIX).partition("-")[0]
        if number.isdigit() and not psutil.pid_exists(int(number)) and _ours(folder):
            Server(folder / "postgres").destroy()
            shutil.rmtree(folder, ignore_errors=True)


def _ours(folder: Path) -> bool:
    """Return whether a folder is ours, and still there: another run may be removing it."""
    try:
        return folder.stat().st_uid == os.getuid()
    except FileNotFoundError:
        return False
