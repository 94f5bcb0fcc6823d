"""The import of one file, measured in a process of its own.

`python -m benchmarks.imports.one WHAT FILE` brings the file in as the pages and the jobs do, and
prints the figures as JSON.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def run(what: str, path: Path, undo: bool) -> dict[str, Any]:
    """Import a file: upload it, read it, preview its first rows, create its records.

    With `undo`, the records are then erased.

    Returns:
        The time, memory, SQL queries and row counts of each step, by name of step.
    """
    from django.db import connection

    from explor.actors.networks.models import Network
    from explor.ground.http.actor import Actor
    from explor.ground.imports import tasks

    network = Network.objects.get(slug="banc")
    by = Actor(name="Banc", role="reseau", scope=network.pk, key=network.slug)
    actions, more = _actions_of(what)
    jobs: dict[str, Any] = {"read": tasks.read, "make": tasks.make}
    jobs |= {"undo": tasks.erase} if undo else {}
    batch = actions.upload(
        network=network, name=path.name, content=path.read_bytes(), by=by, **more
    )
    result: dict[str, Any] = {"before_mb": _peak()}
    for verb, job in jobs.items():
        queries: list[str] = []

        def counted(execute: Any, sql: str, *rest: Any, log: list[str] = queries) -> Any:
            log.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(counted):
            result[verb] = _timed(lambda: _act(actions, verb, job, what, batch, by))  # noqa: B023
        result[verb]["queries"] = len(queries)
        batch.refresh_from_db()
        if verb == "read":
            result["preview"] = _timed(lambda: _preview(batch, by))
        lines = batch.lines.counts()
        result[verb] |= {name: lines[name] for name in ("read", "done", "refused", "duplicates")}
    return result


def _actions_of(what: str) -> tuple[Any, dict[str, Any]]:
    """Return the actions of an importer, and the further arguments of its `upload`."""
    from explor.actors.member_imports import actions as members
    from explor.journey.sheets import actions as sheets
    from explor.journey.takeovers import actions as takeovers

    if what == "sheets":
        return sheets, {}
    if what in ("missions", "budgets"):
        return takeovers, {"what": what}
    return members, {"what": {"associations": "association", "experts": "expert"}[what]}


def _act(actions: Any, verb: str, job: Any, what: str, batch: Any, by: Any) -> None:
    getattr(actions, verb)(batch, by=by)
    job(kind=batch.workflow.name, batch=batch.pk)


def _preview(batch: Any, by: Any) -> None:
    """Count the lines of the file, load the first page of them and its facts, as its page does."""
    from explor.ground.imports import selectors
    from explor.ground.imports.models import kind_of

    selectors.progress_of(batch)
    for line in selectors.lines_of(batch, "")[:50]:
        kind_of(batch).facts_of(batch, line)


def _timed(act: Callable[[], None]) -> dict[str, Any]:
    cpu, wall = time.process_time(), time.monotonic()
    act()
    return {
        "wall_s": round(time.monotonic() - wall, 1),
        "cpu_s": round(time.process_time() - cpu, 1),
        "peak_mb": _peak(),
    }


def _peak() -> int:
    """Return the peak megabytes of this process; that of getrusage(2) counts its parent too."""
    status = Path("/proc/self/status").read_text()
    return round(int(status.partition("VmHWM:")[2].split()[0]) / 1000)


if __name__ == "__main__":
    from explor.site.cli import framework

    with framework.any_database():
        figures = run(sys.argv[1], Path(sys.argv[2]), undo="--undo" in sys.argv)
        sys.stdout.write(json.dumps(figures))
