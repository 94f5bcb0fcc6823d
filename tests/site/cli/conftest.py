"""Separate installations, for the end-to-end tests of commands."""

import asyncio
from collections.abc import Iterator

import pytest

from support.place import Place, installed


@pytest.fixture(autouse=True, scope="module")
def no_event_loop() -> Iterator[None]:
    """Run each test as a command runs: the browser of other tests leaves its event loop running.

    The scope makes it come before the transaction of each test: Django has one connection with a
    running loop, and another one without.
    """
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(running)


@pytest.fixture(scope="session")
def place() -> Iterator[Place]:
    """Return an installation with a migrated database and one document."""
    with installed() as made:
        assert made.run("migrate")[0] == 0
        (made.folder / "files").mkdir()
        (made.folder / "files" / "note.txt").write_text("bonjour")
        yield made


@pytest.fixture
def other() -> Iterator[Place]:
    """Return an empty installation."""
    with installed() as made:
        yield made
