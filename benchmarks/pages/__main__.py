"""Time and SQL queries of the pages of a network's officer: `python -m benchmarks.pages`.

The figures are saved as JSON. Public pages are measured by `benchmarks.directory`.

The CPU time is that of this process (Django and the page), the median of seven requests once warm;
the database counts only in the elapsed time.
"""

import json
import os
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.database import temporary

os.environ["EXPLOR_DEMO"] = "1"
RESULTS = Path(__file__).parents[1] / "results" / "pages.json"
REPEATS = 7
# Limits that we chose for each page: CPU milliseconds, SQL queries.
LIMITS = {
    "/reseau/banc/missions/": (18, 25),
    "/reseau/banc/missions/{mission}/": (40, 25),
    "/reseau/banc/besoins/": (18, 25),
    "/reseau/banc/recevabilite/": (18, 20),
    "/reseau/banc/": (40, 25),
    "/reseau/banc/organisations/": (18, 25),
    "/reseau/banc/recherches/{need}/": (50, 25),
    "/comite/banc-comite/dossiers/": (40, 25),
    "/comite/banc-comite/lecture/": (40, 25),
    "/comite/banc-comite/appels/{call}/classement/": (40, 25),
    "/comite/banc-comite/seances/{meeting}/": (40, 25),
    "/comite/banc-comite/seances/{meeting}/dossiers/{file}/": (40, 25),
    "/reseau/banc/decisions/{file}/": (40, 25),
}


def main() -> None:
    """Create and fill a database, measure each page, print the table, save the figures."""
    from explor.site.cli import assets, framework

    with framework.any_database():
        assets.gather(verbosity=0)
        with temporary():
            figures = _measure()
    RESULTS.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _measure() -> list[dict[str, Any]]:
    from django.db import connection
    from django.test import Client

    from .season import SIZE, fill

    scene = fill()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client()
    client.force_login(scene["person"])
    say(f"{SIZE} fiches, {SIZE} missions, {SIZE} expertes et experts\n")
    say(f"{'page':<52}{'CPU ms':>8}{'mur ms':>8}{'requêtes':>10}{'ko':>7}  limite (CPU, requêtes)")
    rows = {name: scene[name] for name in ("call", "meeting", "file")}
    rows |= {name: scene[name].pk for name in ("need", "mission")}
    return [_page(client, route.format(**rows), LIMITS[route]) for route in LIMITS]


def _page(client: Any, url: str, limit: tuple[int, int]) -> dict[str, Any]:
    from django.db import connection

    queries: list[str] = []

    def counted(execute: Any, sql: str, *rest: Any) -> Any:
        queries.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(counted):
        response = client.get(url)
    if response.status_code != 200:
        raise SystemExit(f"{url} : {response.status_code}")
    cpus, walls = [], []
    for _ in range(REPEATS):
        cpu, wall = time.process_time(), time.perf_counter()
        client.get(url)
        cpus.append(1000 * (time.process_time() - cpu))
        walls.append(1000 * (time.perf_counter() - wall))
    figures = {
        "page": url,
        "cpu_ms": round(median(cpus), 1),
        "wall_ms": round(median(walls), 1),
        "queries": len(queries),
        "kb": round(len(response.content) / 1000, 1),
        "limit": limit,
    }
    say(
        f"{url:<52}{figures['cpu_ms']:>8}{figures['wall_ms']:>8}{figures['queries']:>10}{figures['kb']:>7}"
        f"  {limit[0]} ms, {limit[1]}"
    )
    return figures


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
