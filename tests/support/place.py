"""An installation with its own embedded database server, for tests of complete commands."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from explor.site.config.postgres import Server


class Place:
    """A data folder on which the tests run commands, and its database server."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = Server(folder / "postgres")
        # Without the settings of the developer who runs the tests.
        own = ("DATABASE_", "EMAIL_", "EXPLOR_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
        self.environment = kept | {"EXPLOR_VAR": str(folder)}

    def command(self, *words: object) -> list[str]:
        return [sys.executable, "-m", "explor.site.cli", *map(str, words)]

    def _made(self, *words: object) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            self.command(*words), env=self.environment, capture_output=True, text=True, check=False
        )

    def faults(self) -> list[str]:
        """Return the lines of `explor doctor` that report a problem."""
        lines = self._made("doctor").stdout.splitlines()
        return [line for line in lines if line.startswith("FAUX")]

    def run(self, *words: object) -> tuple[int, str]:
        """Run a command; return its exit code and the last line printed."""
        made = self._made(*words)
        said = (made.returncode and made.stderr.strip()) or made.stdout
        lines = said.strip().splitlines()
        return made.returncode, lines[-1] if lines else ""


@contextmanager
def installed() -> Iterator[Place]:
    """Yield an empty installation, removed at the end with its server.

    The folder is not under that of pytest, which each session makes unreadable for the account of
    the database server of other sessions.
    """
    with TemporaryDirectory(prefix="explor-place-", ignore_cleanup_errors=True) as name:
        place = Place(Path(name) / "var")
        yield place
        place.server.destroy()
