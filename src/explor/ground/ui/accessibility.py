"""The state of accessibility: the grid of the 106 criteria of the RGAA, and what follows from it.

A criterion is « conforme » only with its evidence: tests, a rule checked on the pages that the
tests render, or what was read by hand. One that nobody examined counts against the rate.
"""

import csv
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

GRID = Path(__file__).parent / "data" / "rgaa.csv"
EXAMINED_ON = "2026-11-30"  # the day of the last examination of the whole grid
OFF = "non applicable"
FINE = "conforme"
WRONG = "non conforme"
UNKNOWN = "non vérifié"


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """A criterion of the RGAA 4.1.2, in words of our own.

    `evidence` holds tests or rules (`path::name`), or `main` for what was read by hand.
    """

    id: str
    topic: str
    words: str
    state: str
    evidence: tuple[str, ...]
    note: str

    @property
    def proof(self) -> str:
        """Return, in French, what the state rests on."""
        if not self.evidence:
            return "aucune"
        return "lu à la main" if self.evidence == ("main",) else "tests"

    @property
    def read_by_hand(self) -> bool:
        """Return whether the criterion is met on the word of a reader, without a test."""
        return self.state == FINE and self.evidence == ("main",)


@dataclass(frozen=True, kw_only=True)
class Results:
    """How many criteria apply, and how many of them are in each state."""

    applicable: int
    fine: int
    wrong: int
    unknown: int

    @property
    def rate(self) -> int:
        """Return the percentage of the applicable criteria that are met, rounded down."""
        return 100 * self.fine // self.applicable

    @property
    def status(self) -> str:
        """Return the status that the law gives this rate."""
        if self.fine == self.applicable:
            return "totalement conforme"
        return "partiellement conforme" if self.rate >= 50 else "non conforme"


@cache
def criteria() -> tuple[Criterion, ...]:
    """Return the criteria, in the order of the RGAA."""
    with GRID.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(
        Criterion(**{**row, "evidence": tuple(row["evidence"].split())})  # type: ignore[arg-type]
        for row in rows
    )


def results(grid: tuple[Criterion, ...] | None = None) -> Results:
    """Count the states of the grid."""
    count = Counter(each.state for each in grid or criteria())
    fine, wrong, unknown = count[FINE], count[WRONG], count[UNKNOWN]
    return Results(applicable=fine + wrong + unknown, fine=fine, wrong=wrong, unknown=unknown)
