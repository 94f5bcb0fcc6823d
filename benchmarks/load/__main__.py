"""Benchmark of people who read pages at once: `python -m benchmarks.load [--quick]`.

Fifty people (officers, visitors) read pages of a season of five thousand missions, with three to
nine seconds to think between two pages, then two hundred do. There are a real server (two
processes) and its database. The benchmark fails on an answer 500 or none; it prints the times by
page, and those of `/sante` meanwhile. The figures are written to benchmarks/results/load.json (with
`--quick`, a small season and short phases: load-quick.json, not committed).
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks.directory.processes import free_port, serving

RESULTS = Path(__file__).parents[1] / "results"
USERS, MORE = 50, 4
THINK = (3.0, 9.0)  # seconds between two pages of a person
# Limits that we chose: milliseconds of 95 pages in 100 with fifty people, and of `/sante`.
LIMIT, HEALTH = 500, 100
PUBLIC = ("/", "/projets/", "/projets/?q=eau", "/projets/banc-1/", "/missions/", "/dispositif/")


def main(words: list[str]) -> int:
    """Fill a season, let people read pages, save figures; return 1 on a failure (see `wrong`)."""
    quick = "--quick" in words
    with tempfile.TemporaryDirectory(prefix="explor-bench-") as name:
        figures = _run(Path(name), size=100 if quick else 5000, seconds=15 if quick else 300)
    text = json.dumps(figures, ensure_ascii=False, indent=1)
    target = RESULTS / ("load-quick.json" if quick else "load.json")
    target.write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(text + "\n")
    return int(any(wrong(phase["statuses"]) for phase in figures["phases"]))


def wrong(statuses: dict[str, int]) -> dict[str, int]:
    """Return the statuses that are failures, with their counts: an error name, or such as 500.

    429 and 503 are no failures: an overloaded site sends them, with the time to wait.
    """
    fine = {"200", "302", "304", "429", "503"}
    return {status: count for status, count in statuses.items() if status not in fine}


def _run(folder: Path, *, size: int, seconds: int) -> dict[str, Any]:
    from explor.site.cli import assets, framework, migrate
    from explor.site.config.postgres import Server

    database = Server(folder / "postgres", [])
    with database.running() as url:
        # The settings of this process and of its child processes use these variables.
        os.environ |= {"DATABASE_URL": url, "EXPLOR_VAR": str(folder), "EXPLOR_DEMO": "1"}
        try:
            framework.load()
            migrate.bring_up(verbosity=0)
            assets.gather(verbosity=0)
            return _measured(folder, size, seconds)
        finally:
            from django.db import connections

            connections.close_all()
            database.stop()


def _measured(folder: Path, size: int, seconds: int) -> dict[str, Any]:
    from django.db import connection

    from benchmarks.pages.season import fill
    from explor.site.cli.serve import program

    users = _users(fill(size))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    port = free_port()
    with serving(program("127.0.0.1", port, 2), port, "/sante", folder / "granian.log"):
        _phase(port, users[:4], 3)  # caches and connections
        phases = [_phase(port, users[: USERS * more], seconds) for more in (1, MORE)]
    return {"missions": size, "limit_ms": LIMIT, "health_limit_ms": HEALTH, "phases": phases}


def _users(scene: dict[str, Any]) -> list[dict[str, Any]]:
    """Return officers signed in, and as many visitors, in turn, with the pages that each reads."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from benchmarks.pages.__main__ import LIMITS
    from explor.actors.networks.models import Officer

    rows = {name: scene[name] for name in ("call", "meeting", "file")} | {"need": scene["need"].pk}
    own = {route: route.format(**rows) for route in LIMITS if route.startswith("/reseau/")}
    users = []
    for number in range(USERS * MORE // 2):
        person = get_user_model().objects.create_user(f"o{number}@exemple.example", name="Officier")
        Officer.objects.create(network=scene["network"], person=person)
        client = Client()
        client.force_login(person)
        users.append({"session": client.cookies["sessionid"].value, "pages": own})
        users.append({"session": "", "pages": {url: url for url in PUBLIC}})
    return users


def _phase(port: int, users: list[dict[str, Any]], seconds: int) -> dict[str, Any]:
    """Let people read for some seconds; return the statuses, and the times by page."""
    given = {"port": port, "users": users, "think": THINK, "end": time.time() + seconds}
    command = [sys.executable, "-m", "benchmarks.load.users"]
    made = subprocess.run(
        command, input=json.dumps(given), stdout=subprocess.PIPE, text=True, check=True
    )
    times: defaultdict[str, list[float]] = defaultdict(list)
    statuses: Counter[str] = Counter()
    for page, status, ms in json.loads(made.stdout):
        times[page].append(ms)
        statuses[status] += 1
    health = times.pop("/sante", [])
    every = [ms for each in times.values() for ms in each]
    return {
        "users": len(users),
        "seconds": seconds,
        "statuses": dict(statuses),
        "ms": _spread(every),
        "health_ms": _spread(health),
        "pages": {page: _spread(values) for page, values in sorted(times.items())},
    }


def _spread(values: list[float]) -> dict[str, float]:
    if len(values) < 2:
        return {"count": len(values)}
    cuts = quantiles(values, n=100, method="inclusive")
    return {
        "count": len(values), "p50": round(cuts[49], 1), "p95": round(cuts[94], 1),
        "max": round(max(values), 1),
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
