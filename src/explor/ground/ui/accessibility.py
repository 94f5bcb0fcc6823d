"""Accessibility of the site: the state of the 106 criteria of the RGAA, and the resulting rate.

A criterion is « conforme » only with evidence: tests, a rule checked on the pages rendered by
tests, or an examination by hand. A criterion that nobody examined counts as not met.
"""

import csv
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

GRID = Path(__file__).parent / "data" / "rgaa.csv"
EXAMINED_ON = "2026-11-30"  # the date of the last examination of all criteria
OFF = "non applicable"
FINE = "conforme"
WRONG = "non conforme"
UNKNOWN = "non vérifié"


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """A criterion of the RGAA 4.1.2, with its state, in our own wording.

    `evidence` holds tests or rules (`path::name`), or `main` for an examination by hand.
    """

    id: str
    topic: str
    words: str
    state: str
    evidence: tuple[str, ...]
    note: str

    @property
    def proof(self) -> str:
        """Return in French the evidence of the state of the criterion."""
        if not self.evidence:
            return "aucune"
        return "lu à la main" if self.evidence == ("main",) else "tests"

    @property
    def read_by_hand(self) -> bool:
        """Return whether the criterion is met according to an examination by hand only."""
        return self.state == FINE and self.evidence == ("main",)


@dataclass(frozen=True, kw_only=True)
class Results:
    """The numbers of applicable criteria, and of criteria in each state."""

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
        """Return the legal status of accessibility for this rate, in French."""
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
    """Count the criteria in each state; `grid` is all criteria by default."""
    count = Counter(each.state for each in grid or criteria())
    fine, wrong, unknown = count[FINE], count[WRONG], count[UNKNOWN]
    return Results(applicable=fine + wrong + unknown, fine=fine, wrong=wrong, unknown=unknown)
