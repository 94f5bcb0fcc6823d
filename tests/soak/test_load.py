"""Load: fifty concurrent people on a season of five thousand missions, then two hundred."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from support.soak import SIZE, SOAK

ROOT = Path(__file__).parents[2]


@pytest.mark.soak
@pytest.mark.skipif(not SOAK, reason="longue preuve : make soak")
def test_fifty_concurrent_people_wait_less_than_half_a_second_and_two_hundred_get_answers(
    record_property: Callable[[str, object], None],
) -> None:
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    words = [] if SIZE == 1 else ["--quick"]
    made = subprocess.run(
        [sys.executable, "-m", "benchmarks.load", *words],
        cwd=ROOT, env=kept, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, (made.stdout + made.stderr)[-6000:]
    figures = json.loads(made.stdout)
    said = [
        f"{phase['users']} people, {figures['missions']} missions: 95 of 100 pages in"
        f" {phase['ms']['p95']:.0f} ms, /sante in {phase['health_ms']['p95']:.0f} ms,"
        f" statuses {phase['statuses']}"
        for phase in figures["phases"]
    ]
    record_property("figure", " ; ".join(said))
    fifty, many = figures["phases"]
    assert fifty["ms"]["p95"] < figures["limit_ms"], said
    assert many["health_ms"]["p95"] < figures["health_limit_ms"], said
