"""The tests about dates pass on days when clocks and calendars are unusual."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from support.soak import SOAK

ROOT = Path(__file__).parents[2]
FOLDERS = [
    "tests/engines/leave", "tests/engines/checklist", "tests/journey/calls",
    "tests/journey/admissibility", "tests/journey/needs", "tests/journey/decisions",
    "tests/journey/proposals", "tests/journey/releases", "tests/journey/missions",
    "tests/journey/reports", "tests/actors/experts", "tests/trust/test_purges.py",
    "tests/ground/travel_advice",
]  # fmt: skip
MOMENTS = {
    "summer time begins": {"EXPLOR_CLOCK": "2027-03-28T01:59:58+01:00"},
    "summer time ends": {"EXPLOR_CLOCK": "2026-10-25T02:59:58+02:00"},
    "leap day": {"EXPLOR_CLOCK": "2028-02-29T12:00:00+01:00"},
    "last minute of the year": {"EXPLOR_CLOCK": "2026-12-31T23:59:00+01:00"},
    "fourteen hours ahead": {"TZ": "Pacific/Kiritimati", "PGTZ": "Pacific/Kiritimati"},
    "eleven hours behind": {"TZ": "Pacific/Pago_Pago", "PGTZ": "Pacific/Pago_Pago"},
}


@pytest.mark.soak
@pytest.mark.skipif(not SOAK, reason="longue preuve : make soak")
@pytest.mark.parametrize("name", MOMENTS)
def test_the_tests_about_dates_and_deadlines_pass_at_an_unusual_moment(
    name: str, record_property: Callable[[str, object], None]
) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n0", *FOLDERS]
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_XDIST")}
    made = subprocess.run(
        [*command, f"--testrunuid=clock{os.getpid() % 1000:03d}"],
        cwd=ROOT,
        env=kept | MOMENTS[name] | {"EXPLOR_SOAK": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    last = made.stdout.strip().splitlines()[-1]
    assert made.returncode == 0, made.stdout[-6000:]
    record_property("figure", f"{name}: {last.strip('= ')}")
