"""Installations of their own, for the tests of whole commands."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.place import Place


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Return an installation whose database is made, with one document."""
    made = Place(tmp_path_factory.mktemp("place"))
    assert made.run("migrate")[0] == 0
    (made.folder / "files").mkdir()
    (made.folder / "files" / "note.txt").write_text("bonjour")
    yield made
    made.server.destroy()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Place]:
    """Return an empty installation."""
    made = Place(tmp_path / "other")
    yield made
    made.server.destroy()
