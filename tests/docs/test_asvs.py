"""The table of OWASP ASVS 5.0 is complete, and each test that it cites exists."""

import ast
import csv
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# How many requirements of levels 1 and 2 each chapter has.
CHAPTERS = {1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7}
CHAPTERS |= {10: 29, 11: 14, 12: 9, 13: 13, 14: 9, 15: 13, 16: 16, 17: 7}
# Those of level 3 that Explor judges as well.
BEYOND = (
    *("1.2.10", "2.3.5", "3.4.7", "3.4.8", "5.2.4", "5.2.5", "5.2.6", "6.3.7", "6.3.8"),
    *("8.3.2", "14.2.7", "14.2.8", "15.4.2"),
)
# `proved`: by a test that was read for it; `named`: by a test whose name says so, to be read;
# `reasoned`: by the design, in words; `not held`: with why.
CITING, IN_WORDS = {"proved", "named"}, {"reasoned", "not held", "not applicable"}


def rows() -> list[dict[str, str]]:
    with (ROOT / "docs/asvs.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_asvs_requirement_has_exactly_one_row_in_the_table() -> None:
    ids = [row["id"] for row in rows()]
    assert [name for name, count in Counter(ids).items() if count > 1] == []
    counts = Counter(int(row["id"].split(".")[0]) for row in rows() if row["level"] in "12")
    assert counts == CHAPTERS
    assert tuple(row["id"] for row in rows() if row["level"] == "3") == BEYOND


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_each_row_of_the_asvs_table_cites_evidence_that_exists(row: dict[str, str]) -> None:
    assert "" not in row.values()
    assert row["state"] in CITING | IN_WORDS
    if row["state"] in CITING:
        path, name = row["evidence"].split("::")
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        assert name in {each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)}
    else:
        assert "::" not in row["evidence"]


def test_the_trust_page_gives_the_current_number_of_requirements_by_state() -> None:
    page = (ROOT / "docs/trust.md").read_text(encoding="utf-8")
    counts = Counter(row["state"] for row in rows())
    assert [
        f"{state}: {count}"
        for state, count in counts.items()
        if f"| {state} | {count} |" not in page
    ] == []
