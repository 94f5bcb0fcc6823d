"""A backup of a season is restored elsewhere: complete, in time, without people erased since."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from explor.ground.encryption.ring import new_key
from support.place import Place, installed
from support.soak import SOAK

TESTS = Path(__file__).parents[1]
# What differs by nature: the backup noted, the jobs, the last message to the person erased.
OWN = (
    *("administration_backup", "mail_message", "django_session", "explor_cache"),
    *("procrastinate_events", "procrastinate_jobs"),
)
TIME = 30 * 60  # seconds in which a season must be restored


@pytest.fixture
def places(tmp_path: Path) -> Iterator[tuple[Place, Place]]:
    """Return two empty installations; what is kept apart from backups serves both.

    It is the register of erasures, and the ring of keys.
    """
    keys = new_key()
    with installed() as first, installed() as second:
        for each in (first, second):
            each.environment["EXPLOR_ERASURES"] = str(tmp_path / "erasures.jsonl")
            each.environment["EXPLOR_ENCRYPTION_KEYS"] = keys
        yield first, second


def ask(place: Place, *words: str) -> Any:
    """Run `support.inventory` on a place; return what it prints."""
    path = {"PYTHONPATH": f"{TESTS}{os.pathsep}{TESTS.parent / 'src'}"}
    command = [sys.executable, "-m", "support.inventory", *words]
    made = subprocess.run(
        command, env=place.environment | path, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, f"{words}: {made.stderr[-3000:]}"
    return json.loads(made.stdout)


@pytest.mark.soak
@pytest.mark.skipif(not SOAK, reason="longue preuve : make soak")
def test_a_restored_season_is_complete_and_people_erased_since_the_backup_are_erased_again(
    places: tuple[Place, Place], tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    first, second = places
    backup = tmp_path / "backup.tar"
    for words in (("migrate",), ("demo", "load"), ("backup", backup)):
        code, said = first.run(*words)
        assert code == 0, f"{words}: {said}"
    who = ask(first, "erase")
    before = ask(first, "count", who["email"])
    started = time.monotonic()
    code, said = second.run("restore", backup)
    seconds = time.monotonic() - started
    assert code == 0, said
    after = ask(second, "count", who["email"])
    for found in (before, after):
        assert (found["journal"], found["wrong"]) == ([], [])
        assert {table for table, count in found["named"].items() if count} <= {"mail_message"}
    assert after["named"]["mail_message"] == 0
    for found in (before, after):
        for table in OWN:
            found["rows"].pop(table, None)
    before["rows"]["audit_entry"] -= 1  # the backup, in the journal once it is made
    assert after["rows"] == before["rows"]
    assert after["files"] == before["files"]
    assert seconds < TIME
    rows = sum(after["rows"].values())
    record_property(
        "figure",
        f"restore in {seconds:.0f} s of {rows} rows and {len(after['files'])} files:"
        " same counts, journal whole, digests right, 1 erasure replayed",
    )
