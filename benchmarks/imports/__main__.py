"""Time and memory of imports of 10,000 rows: `nice python -m benchmarks.imports`.

`python -m benchmarks.imports --rows 1000 missions budgets` makes files of 1,000 rows, and only
those named. A network brings in its associations, its experts, its project sheets, its missions and
their budgets, in this order, in one new database; each file is read and made in its own process,
and `--undo` then erases what it made.

On a busy machine, read the seconds of processor time: those of the clock count the waits.
The memory is that of the process, of which `before_mb` is Explor itself; the limit is on what the
import adds. The figures of all the files of 10,000 rows go to benchmarks/results/imports.json.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.directory.processes import cpu_of_database

RESULTS = Path(__file__).parents[1] / "results" / "imports.json"
FILES = ("associations", "experts", "sheets", "missions", "budgets")
ROWS = 10_000
LIMITS = {"read": 5.0, "make": 12.0, "mb": 150}  # seconds with the preview, seconds, megabytes


def main() -> int:
    """Bring the files in, print and save the figures; return 1 when a limit is passed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="*", default=[])
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--undo", action="store_true")
    parser.add_argument("--fsync", action="store_true", help="write to the disk at each commit")
    given = parser.parse_args()
    files = [name for name in FILES if name in (given.files or FILES)]
    with tempfile.TemporaryDirectory(prefix="explor-bench-") as folder:
        figures = _run(Path(folder), files, given)
    over = [f"{name}: {why}" for name, one in figures.items() for why in _over(one)]
    saved = {"rows": given.rows, "limits": LIMITS, "files": figures, "over": over}
    text = json.dumps(saved, ensure_ascii=False, indent=1) + "\n"
    if given.rows == ROWS and len(files) == len(FILES):
        RESULTS.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return int(bool(over))


def _run(folder: Path, files: list[str], given: argparse.Namespace) -> dict[str, Any]:
    from explor.site.cli import framework, migrate
    from explor.site.config.postgres import Server

    quick = [] if given.fsync else ["fsync=off"]
    database = Server(folder / "postgres", [*quick, "autovacuum=on"])
    with database.running() as url:
        # The settings of this process and of its child processes use these variables.
        os.environ |= {"DATABASE_URL": url, "EXPLOR_VAR": str(folder)}
        try:
            framework.load()
            migrate.bring_up(verbosity=0)
            _network()
            postmaster = int((database.data / "postmaster.pid").read_text().split()[0])
            return {name: _one(name, folder, given, postmaster) for name in files}
        finally:
            from django.db import connections

            connections.close_all()
            database.stop()


def _network() -> None:
    from explor.actors.networks.models import Network

    Network.objects.create(name="Banc", slug="banc", departments=[])


def _one(name: str, folder: Path, given: argparse.Namespace, postmaster: int) -> dict[str, Any]:
    from . import workbooks

    path = workbooks.write(name, folder, given.rows)
    command = [sys.executable, "-m", "benchmarks.imports.one", name, str(path)]
    command += ["--undo"] if given.undo else []
    before = cpu_of_database(postmaster)
    result = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    figures: dict[str, Any] = json.loads(result)
    figures["database_cpu_s"] = round(cpu_of_database(postmaster) - before, 1)
    sys.stderr.write(f"{name}: {json.dumps(figures)}\n")
    return {"file_mb": round(path.stat().st_size / 1e6, 1), **figures}


def _over(one: dict[str, Any]) -> list[str]:
    """Return the limits that the import of a file passes."""
    spent = {
        "read": one["read"]["wall_s"] + one["preview"]["wall_s"],
        "make": one["make"]["wall_s"],
        "mb": one["make"]["peak_mb"] - one["before_mb"],
    }
    return [
        f"{key} {round(spent[key], 1)} > {most}"
        for key, most in LIMITS.items()
        if spent[key] > most
    ]


if __name__ == "__main__":
    sys.exit(main())
