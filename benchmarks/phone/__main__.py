"""Benchmark of the public pages on a rural phone: `python -m benchmarks.phone`.

Chromium has a window of 360 px, a CPU slowed four times, a line of 1.6 Mbit/s with 150 ms of
latency, and no cache from one visit to the next. The figures are the median of five visits. The
server is a real granian with 500 invented sheets, without photographs. We chose the limits.
"""

import json
import os
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.directory.processes import free_port, serving

RESULTS = Path(__file__).parents[1] / "results" / "phone.json"
SHEETS, VISITS, SLOWED = 500, 5, 4
RURAL = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
# Limits of a page: kilobytes sent, requests, nodes of the document, milliseconds to first paint.
LIMITS = {"kb": 60, "requests": 6, "nodes": 800, "first_paint_ms": 800}
PAGES = {
    "/": LIMITS,
    "/projets/": LIMITS,
    "/projets/?q=eau&pays=BF": LIMITS,
    f"/projets/projet-{SHEETS // 2}/": LIMITS | {"kb": 40},
    "/carte/": LIMITS | {"nodes": 1_500},
    "/missions/": LIMITS,
    "/chiffres/": LIMITS,
    "/donnees/": LIMITS,
}
IN_PAGE = """() => ({
  first_paint_ms: performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
  nodes: document.querySelectorAll("*").length,
})"""


def main() -> None:
    """Fill a database, start the server, visit the pages, print figures, remove the database."""
    from explor.site.cli import framework, migrate
    from explor.site.config.postgres import Server

    with tempfile.TemporaryDirectory(prefix="explor-bench-") as name:
        folder = Path(name)
        database = Server(folder / "postgres", ["fsync=off"])
        with database.running() as url:
            # The settings of this process and of the server use this variable.
            os.environ |= {"DATABASE_URL": url, "EXPLOR_VAR": str(folder)}
            framework.load()
            migrate.bring_up(verbosity=0)
            figures = _measured(folder)
    RESULTS.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _measured(folder: Path) -> dict[str, Any]:
    from django.db import connections
    from playwright.sync_api import sync_playwright

    from benchmarks.directory import filling
    from explor.oversight.indicators.actions import count
    from explor.site.cli.serve import program

    filling.fill(0, SHEETS)
    count()
    connections.close_all()
    port = free_port()
    log = folder / "granian.log"
    with serving(program("127.0.0.1", port, 1), port, "/sante", log), sync_playwright() as play:
        chromium = play.chromium.launch(executable_path="/usr/bin/chromium")
        try:
            figures = {path: _page(chromium, f"http://127.0.0.1:{port}{path}") for path in PAGES}
        finally:
            chromium.close()
    for path, measured in figures.items():
        _say(path, measured)
    return figures


def _page(chromium: Any, url: str) -> dict[str, float]:
    """Return the figures of the median visit, without the first one, which warms the server."""
    visits = [_visit(chromium, url) for _ in range(VISITS + 1)][1:]
    return {name: round(median(visit[name] for visit in visits), 1) for name in visits[0]}


def _visit(chromium: Any, url: str) -> dict[str, float]:
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    try:
        page = context.new_page()
        wire = context.new_cdp_session(page)
        received: list[float] = []
        wire.on(
            "Network.loadingFinished", lambda event: received.append(event["encodedDataLength"])
        )
        wire.send("Network.enable")
        wire.send("Network.emulateNetworkConditions", RURAL)
        wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        page.goto(url, wait_until="networkidle")
        return {
            "kb": sum(received) / 1000,
            "requests": float(len(received)),
            **page.evaluate(IN_PAGE),
        }
    finally:
        context.close()


def _say(path: str, measured: dict[str, float]) -> None:
    missed = [name for name, most in PAGES[path].items() if measured[name] > most]
    figures = ", ".join(f"{name} {value}" for name, value in measured.items())
    verdict = f"MANQUÉ : {', '.join(missed)}" if missed else "ok"
    sys.stdout.write(f"{path:<26}{figures}  {verdict}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
