"""The codes of ROME 4.0 are compared with a newer list by a maintainer's command."""

import csv
import json
import subprocess
import sys
from pathlib import Path

from explor.ground.reference.selectors import DATA

COMMAND = Path(__file__).parents[2] / "scripts" / "check_rome"


def compared(items: list[dict[str, str]], folder: Path) -> tuple[int, str]:
    """Return the exit status and the output of the comparison with these macro-skills."""
    newer = folder / "macro.json"
    newer.write_text(json.dumps(items), encoding="utf-8")
    made = subprocess.run(
        [sys.executable, COMMAND, newer], capture_output=True, text=True, encoding="utf-8"
    )
    return made.returncode, made.stdout


def test_the_rome_codes_absent_from_a_newer_list_and_the_changed_labels_are_printed(
    tmp_path: Path,
) -> None:
    with (DATA / "rome/skills.csv").open(encoding="utf-8", newline="") as file:
        known = {row["rome"]: row["rome_label"] for row in csv.DictReader(file)}
    items = [{"code": code, "libelle": label} for code, label in known.items()]
    assert compared(items, tmp_path) == (0, "")
    changed = [item for item in items if item["code"] != "300409"]
    next(item for item in changed if item["code"] == "300488")["libelle"] = "Conduire un projet"
    status, printed = compared(changed, tmp_path)
    assert status == 1
    changes = [line.partition(" ")[2] for line in printed.splitlines()]
    assert changes == [
        "300488: 'Concevoir et gérer un projet', now 'Conduire un projet'",
        "300409: 'Réaliser une traduction, transposer un texte', now None",
    ]
