"""Calls of PostgreSQL client programs (pg_dump, psql) on the database of the site."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from explor.site.config.postgres import binaries

from .failure import Failure


def dump(target: Path) -> None:
    """Write a dump of the database, in the custom format of PostgreSQL.

    Raises:
        Failure: pg_dump failed.
    """
    options = ["--format=custom", "--no-owner", "--no-privileges", f"--file={target}"]
    _run("pg_dump", options)


def is_empty() -> bool:
    """Return whether the database has no tables."""
    from django.db import connection

    return not connection.introspection.table_names()


def load(source: Path, script: Path) -> None:
    """Replace the content of the database with that of a dump, in one transaction.

    Args:
        source: the path of the dump.
        script: the path of a temporary file for the SQL extracted from the dump.

    Raises:
        Failure: pg_restore or psql failed; the database is then unchanged.
    """
    made = subprocess.run(
        [binaries() / "pg_restore", "--no-owner", "--no-privileges", f"--file={script}", source],
        capture_output=True,
        text=True,
    )
    _require(made, "pg_restore")
    clear = "SET lock_timeout = '30s'; DROP SCHEMA public CASCADE; CREATE SCHEMA public;"
    once = ["--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--single-transaction"]
    _run("psql", [*once, "--output=/dev/null", f"--command={clear}", f"--file={script}"])


def _run(program: str, options: Sequence[str]) -> None:
    from django.db import connection
    from django.db.backends.postgresql.client import DatabaseClient

    # For security the password is passed in the environment, which other users cannot read.
    words, extra = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    made = subprocess.run(
        [binaries() / program, *options, *words[1:]],
        env={**os.environ, **(extra or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    _require(made, program)


def _require(made: "subprocess.CompletedProcess[str]", program: str) -> None:
    if made.returncode:
        lines = made.stderr.strip().splitlines() or ["sans explication"]
        raise Failure(f"{program} a échoué : " + "\n".join(lines[:5]))
