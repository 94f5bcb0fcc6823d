"""Benchmark of the last minutes of a call for projects: `python -m benchmarks.filing [--quick]`.

200 associations file their needs within the last five minutes (with `--quick`, one minute). A third
of them file in the last twenty seconds, one in four press the button twice at the same instant, and
one in five file one need more than the call allows. Ten other associations press the button after
the call has closed. There are a real server (two processes), a real worker that sends the
receipts, and ten processes of applicants. The benchmark fails if a filing is lost or duplicated, or
does not get exactly one receipt. The figures are written to benchmarks/results/filing.json (with
`--quick`, filing-quick.json, not committed).
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks.directory.processes import cpu_of_database, cpu_of_server, free_port, serving
from explor.site.config.children import spawn

RESULTS = Path(__file__).parents[1] / "results"
COUNT = 200
PROCESSES = 10
PATIENCE = 120  # seconds given to the worker to send the last receipts


def main(words: list[str]) -> int:
    """Create the call, file the needs, check the result, save the figures; return 1 on a fault."""
    quick = "--quick" in words
    with tempfile.TemporaryDirectory(prefix="explor-bench-") as name:
        figures = _run(Path(name), 60 if quick else 300)
    text = json.dumps(figures, ensure_ascii=False, indent=1)
    target = RESULTS / ("filing-quick.json" if quick else "filing.json")
    target.write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(text + "\n")
    return int(any(figures["faults"].values()))


def _run(folder: Path, seconds: int) -> dict[str, Any]:
    from explor.site.cli import framework, migrate
    from explor.site.config.postgres import Server

    database = Server(folder / "postgres", [])
    with database.running() as url:
        # The settings of this process and of its child processes use this variable.
        os.environ |= {"DATABASE_URL": url, "EXPLOR_VAR": str(folder)}
        try:
            framework.load()
            migrate.bring_up(verbosity=0)
            postmaster = int((database.data / "postmaster.pid").read_text().split()[0])
            return _measured(folder, postmaster, seconds)
        finally:
            from django.db import connections

            connections.close_all()
            database.stop()


def _measured(folder: Path, postmaster: int, seconds: int) -> dict[str, Any]:
    from explor.site.cli.serve import program

    from . import scene, verdict

    port = free_port()
    with serving(program("127.0.0.1", port, 2), port, "/sante", folder / "granian.log") as pid:
        call, applicants = scene.draw(COUNT, seconds)
        before = cpu_of_server(pid) + cpu_of_database(postmaster)
        worker = spawn(
            [sys.executable, "-m", "explor.site.cli", "worker"], stdout=subprocess.DEVNULL
        )
        try:
            presses = _pressed(applicants, port)
            spent = cpu_of_server(pid) + cpu_of_database(postmaster) - before
            waited = _receipts()
        finally:
            worker.terminate()
            worker.wait(PATIENCE)
    return {
        "associations": COUNT,
        "seconds": seconds,
        "presses": len(presses),
        "ms": _spread([each["ms"] for each in presses]),
        "cpu_ms_each": round(1000 * spent / len(presses), 1),
        "receipts_after_seconds": waited,
        "faults": verdict.judge(call, applicants, presses),
    }


def _pressed(applicants: Sequence[Any], port: int) -> list[dict[str, Any]]:
    """Run ten processes of applicants at once, each with an equal share; return all responses."""
    command = [sys.executable, "-m", "benchmarks.filing.applicants"]
    started = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(PROCESSES)
    ]
    for number, process in enumerate(started):
        share = [each.as_json() for each in applicants[number::PROCESSES]]
        assert process.stdin is not None
        process.stdin.write(json.dumps({"port": port, "applicants": share}))
        process.stdin.close()
    presses = []
    for process in started:
        assert process.stdout is not None
        presses += json.load(process.stdout)
        process.wait()
    return presses


def _receipts() -> float:
    """Return how many seconds it takes until no urgent message is left to send."""
    from explor.ground.mail.models import Delivery, Message

    began = time.monotonic()
    while Message.objects.filter(delivery=Delivery.WAITING).exists():
        if time.monotonic() - began > PATIENCE:
            raise SystemExit("des accusés de réception ne partent pas")
        time.sleep(0.2)
    return round(time.monotonic() - began, 1)


def _spread(values: list[float]) -> dict[str, float]:
    cuts = quantiles(values, n=100)
    return {"median": cuts[49], "p95": cuts[94], "max": max(values)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
