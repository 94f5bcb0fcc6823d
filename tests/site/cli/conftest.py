"""Installations of their own, for the tests of whole commands."""

from collections.abc import Iterator

import pytest

from support.place import Place, installed


@pytest.fixture(scope="session")
def place() -> Iterator[Place]:
    """Return an installation whose database is made, with one document."""
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
