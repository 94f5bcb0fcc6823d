"""The promises of Explor, the tests that prove them, and the verdicts of test runs."""

import csv
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree  # nosec B405: of our own run of pytest

ROOT = Path(__file__).parents[1]
FILE = ROOT / "tests" / "promises.csv"
STATES = ("tenu", "en partie", "non tenu")


@dataclass(frozen=True, kw_only=True)
class Promise:
    """A line of `tests/promises.csv`.

    Args:
        state: one of `STATES`: what the tests prove today.
        tests: files, folders or node ids of pytest.
        left: what remains to be proved, and the figure of the long run.
    """

    id: str
    promise: str
    state: str
    tests: tuple[str, ...]
    left: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """How the tests of one promise ended, and the figures that they printed."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    figures: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Return the verdict: « ÉCHEC », « prouvé » or, when no test passed, « NON PROUVÉ »."""
        if self.failed:
            return "ÉCHEC"
        return "prouvé" if self.passed else "NON PROUVÉ"


def promises() -> list[Promise]:
    """Return every promise of `tests/promises.csv`, in the order of the file."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [Promise(**{**row, "tests": tuple(row["tests"].split())}) for row in rows]


def verdict_of(report: Path) -> Verdict:
    """Return the verdict of a test run from its JUnit report.

    A test gives its figure by `record_property("figure", x)`.
    """
    ends: Counter[str] = Counter()
    figures = []
    for case in ElementTree.parse(report).iter("testcase"):  # nosec B314: the same
        tags = {child.tag for child in case}
        ends["failed" if tags & {"failure", "error"} else next(iter(tags & {"skipped"}), "")] += 1
        named = case.iter("property")
        figures += [each.get("value", "") for each in named if each.get("name") == "figure"]
    return Verdict(
        passed=ends[""], failed=ends["failed"], skipped=ends["skipped"], figures=tuple(figures)
    )


def line(promise: Promise, verdict: Verdict) -> str:
    """Return the line printed for one promise."""
    counts = f"{verdict.passed} tests" + (f", {verdict.failed} échecs" if verdict.failed else "")
    figure = " ; ".join(verdict.figures) or counts
    left = f" ; reste : {promise.left}" if promise.left else ""
    return (
        f"{promise.id:<4} {verdict.label:<10} [{promise.state}] {promise.promise} : {figure}{left}"
    )


def kept(promise: Promise, verdict: Verdict, *, now: datetime, commit: str, size: str) -> str:
    """Return the line of build/soak.txt for one verdict, which `proved` reads again."""
    return f"{now:%Y-%m-%d %H:%M} {commit} x{size} {line(promise, verdict)}"


def proved(text: str, commit: str, size: str) -> set[str]:
    """Return the ids of the promises whose last verdict is « prouvé », at a commit and a size.

    `text` is the content of build/soak.txt, made of lines returned by `kept`.
    """
    last: dict[str, str] = {}
    for each in text.splitlines():
        _, _, its_commit, its_size, name, verdict, *_ = each.split()
        if (its_commit, its_size) == (commit, f"x{size}"):
            last[name] = verdict
    return {name for name, verdict in last.items() if verdict == "prouvé"}
