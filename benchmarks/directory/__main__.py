"""Benchmark of the directory: `python -m benchmarks.directory [--quick] [--no-import]`.

It creates a PostgreSQL database with 5,000, 20,000 and 100,000 invented sheets; `--quick` stops at
5,000. The cost of a request is the CPU time, in milliseconds, of a real granian server (one worker)
and of PostgreSQL, once warm, one request at a time, without compression. Datasette, the software
that we compare with, is one process. The figures are written to
benchmarks/results/directory.json (with `--quick`, directory-quick.json, not committed).
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from .report import grown, judged, say, show

RESULTS = Path(__file__).parents[1] / "results"
SIZES = (5_000, 20_000, 100_000)


def main(words: list[str]) -> None:
    """Fill a database, measure the pages, print and save the figures; remove the database."""
    quick = "--quick" in words
    with tempfile.TemporaryDirectory(prefix="explor-bench-") as name:
        folder = Path(name)
        figures = _run(folder, SIZES[:1] if quick else SIZES, "--no-import" not in words)
    target = RESULTS / ("directory-quick.json" if quick else "directory.json")
    target.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _run(folder: Path, sizes: tuple[int, ...], importing: bool) -> dict[str, Any]:
    from explor.site.cli import framework, migrate
    from explor.site.config.postgres import Server

    database = Server(folder / "postgres", ["fsync=off", "autovacuum=off"])
    with database.running() as url:
        # The settings of this process and of its child processes use this variable.
        os.environ |= {"DATABASE_URL": url, "EXPLOR_VAR": str(folder)}
        try:
            framework.load()
            migrate.bring_up(verbosity=0)
            postmaster = int((database.data / "postmaster.pid").read_text().split()[0])
            return _measured(folder, sizes, postmaster, importing)
        finally:
            from django.db import connections

            connections.close_all()
            database.stop()


def _measured(
    folder: Path, sizes: tuple[int, ...], postmaster: int, importing: bool
) -> dict[str, Any]:
    from explor.oversight.indicators.actions import count

    from . import filling, ours, peer
    from . import importing as imports

    results: dict[str, Any] = {}
    lines: dict[int, list[dict[str, Any]]] = {}
    for before, size in zip((0, *sizes), sizes, strict=False):
        began = time.monotonic()
        filling.fill(before, size)
        count()
        say(f"{size} fiches publiées en {time.monotonic() - began:.0f} s")
        own = ours.measure(size, postmaster, folder)
        peer.write(folder / "data.db", filling.rows())
        peers = peer.measure(folder / "data.db", size)
        lines[size] = judged(size, own, peers)
        show(size, own, peers, lines[size])
        results[str(size)] = {"pages": lines[size], "ours": _but_pages(own), "datasette": peers}
        if importing and "import" not in results:
            results["import"] = imports.measure(postmaster, folder)
            say("import : " + json.dumps(results["import"], ensure_ascii=False))
    return {"sizes": results, "growth": grown(lines)}


def _but_pages(result: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in result.items() if name != "pages"}


if __name__ == "__main__":
    main(sys.argv[1:])
