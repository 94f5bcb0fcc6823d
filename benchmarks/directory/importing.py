"""CPU time and memory of the import of ten thousand sheets, measured in a separate process.

`python -m benchmarks.directory.importing FILE` imports the file, creates the drafts, deletes them,
and prints the figures as JSON.
"""

import csv
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from .processes import cpu_of_database

COUNT = 10_000
FIRST = 10_000_000  # numbers that no sheet of the directory has
COLUMNS = {
    "Titre": "title", "Date de début": "start", "Date de fin": "end", "Localité": "locality",
    "Pays": "countries", "Secteurs": "sectors", "ODD": "goals", "Financeurs": "other_funders",
    "Porteur": "lead_organisation.name", "Contexte": "context", "Publics": "audiences",
    "Partenaires locaux": "local_partners", "Objectifs": "objectives", "Activités": "activities",
    "Résultats": "results",
}  # fmt: skip


def measure(postmaster: int, folder: Path, count: int = COUNT) -> dict[str, Any]:
    """Write the file, import it in a child process, return CPU seconds and megabytes by step."""
    path = folder / "fiches.csv"
    write(path, count)
    before = cpu_of_database(postmaster)
    command = [sys.executable, "-m", "benchmarks.directory.importing", str(path)]
    result = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return {
        "sheets": count,
        "file_mb": round(path.stat().st_size / 1e6, 1),
        **result,
        "database_cpu_s": round(cpu_of_database(postmaster) - before, 1),
    }


def write(path: Path, count: int) -> None:
    """Write a CSV file of invented sheets, one per row."""
    from .invented import sheet

    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(COLUMNS)
        for number in range(FIRST, FIRST + count):
            result = sheet(number, brief=True)
            lines.writerow([_cell(result, name) for name in COLUMNS.values()])


def _cell(result: Any, name: str) -> str:
    if name == "lead_organisation.name":
        return str(result.lead_organisation.name)
    value = getattr(result, name)
    if name == "goals":
        return ", ".join(f"{goal.number}" for goal in value)
    if isinstance(value, tuple):
        return ", ".join(value)
    return value.iso() if name in ("start", "end") else value or ""


def run(path: Path) -> dict[str, Any]:
    """Upload the file, read it, create the drafts and delete them, as the pages and the jobs do."""
    from explor.actors.networks.models import Network
    from explor.ground.http.actor import Actor
    from explor.ground.imports import tasks
    from explor.journey.sheets import actions
    from explor.journey.sheets.models import SheetImport

    network = Network.objects.order_by("pk").first()
    assert network is not None
    by = Actor(name="Banc", role="reseau", scope=network.pk, key=network.slug)
    result: dict[str, Any] = {"before_mb": _peak()}
    batch = actions.upload(network=network, name=path.name, content=path.read_bytes(), by=by)
    steps = {"read": tasks.read, "make": tasks.make, "undo": tasks.erase}
    for verb, job in steps.items():
        cpu, wall = time.process_time(), time.monotonic()
        more = {"mapping": COLUMNS} if verb == "read" else {}
        getattr(actions, verb)(batch, by=by, **more)
        job(kind="sheet_import", batch=batch.pk)
        batch = SheetImport.objects.get(pk=batch.pk)
        result[verb] = {
            "cpu_s": round(time.process_time() - cpu, 1),
            "wall_s": round(time.monotonic() - wall, 1),
            "peak_mb": _peak(),
            "lines": batch.lines.count(),
            "sheets": batch.lines.exclude(sheet=None).count(),
        }
    return result


def _peak() -> int:
    """Return the peak megabytes of this process (getrusage(2) gives kilobytes on Linux)."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)


if __name__ == "__main__":
    from explor.site.cli import framework

    with framework.any_database():
        sys.stdout.write(json.dumps(run(Path(sys.argv[1]))))
