"""The assignment problem as arrays, its limits, and the figures that rank its solutions."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from explor.engines.matching.records import Bools, Floats, Ints

OPTIMAL = "optimal"
UNPROVEN = "non prouvé"


class Cancelled(Exception):
    """Raised by a progress callback to stop the computation of a plan."""


class Clock:
    """A clock that gives the seconds left before a time limit."""

    def __init__(self, limit: float) -> None:
        self.begun = time.monotonic()
        self.limit = limit

    def left(self) -> float:
        """Return the seconds left, never less than 0.01 since solvers refuse zero."""
        return max(0.01, self.limit - self.spent())

    def spent(self) -> float:
        return time.monotonic() - self.begun

    def out(self) -> bool:
        return self.spent() >= self.limit


def _none() -> Ints:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Limits on sets of (need, expert) pairs: a plan takes at most `limit[k]` pairs of row k.

    `row` and `pair` have one entry for each pair of each row, by increasing row: the number of the
    row, and the position of the pair in the arrays of the problem.
    """

    row: Ints = field(default_factory=_none)
    pair: Ints = field(default_factory=_none)
    limit: Ints = field(default_factory=_none)

    def __len__(self) -> int:
        return self.limit.size

    @classmethod
    def numbered(cls, marks: Ints, pair: Ints) -> "Rows":
        """Build one row for each distinct value of `marks`: at most one of its pairs is taken.

        `pair` holds positions of (need, expert) pairs; `marks`, sorted, has the value of each entry
        of `pair`.
        """
        row = np.cumsum(np.diff(marks, prepend=marks[:1]) > 0, dtype=np.int64)
        count = int(row[-1]) + 1 if row.size else 0
        return cls(row=row, pair=pair, limit=np.ones(count, dtype=np.int64))

    @classmethod
    def sets(cls, several: Sequence[Ints]) -> "Rows":
        """Return one row per set of pairs, by which a plan leaves out at least one pair of the set.

        The limit of a row is the size of its set minus one; a set holds positions of pairs.
        """
        sizes = np.array([pairs.size for pairs in several], dtype=np.int64)
        pair = np.concatenate([_none(), *several])
        return cls(row=np.repeat(np.arange(sizes.size), sizes), pair=pair, limit=sizes - 1)

    def plus(self, other: "Rows") -> "Rows":
        """Return the rows of both objects: these rows, then those of `other` with new numbers."""
        return Rows(
            row=np.append(self.row, other.row + len(self)),
            pair=np.append(self.pair, other.pair),
            limit=np.append(self.limit, other.limit),
        )

    def placed(self, places: Ints) -> "Rows":
        """Return the same rows after pairs are moved: from position k to position `places[k]`."""
        return replace(self, pair=places[self.pair])

    def only(self, keep: Bools) -> "Rows":
        """Return the rows reduced to the pairs of the mask `keep`, without rows now useless.

        A row is useless when it has no more pairs than its limit.

        Rows and pairs get new numbers: the number of a pair is its rank in the mask.
        """
        inside = keep[self.pair]
        binding = np.bincount(self.row[inside], minlength=len(self)) > self.limit
        inside &= binding[self.row]
        return Rows(
            row=(np.cumsum(binding) - 1)[self.row[inside]],
            pair=(np.cumsum(keep) - 1)[self.pair[inside]],
            limit=self.limit[binding],
        )

    def exceeded(self, chosen: Bools) -> bool:
        """Return whether the pairs of the mask `chosen` exceed the limit of at least one row."""
        count = np.bincount(self.row[chosen[self.pair]], minlength=len(self))
        return bool((count > self.limit).any())


@dataclass(frozen=True, kw_only=True)
class Problem:
    """An assignment problem: the eligible pairs of need and expert, and the limits on them.

    `need`, `expert`, `score` have one entry per pair. `demand` is the seats to fill of each need,
    `load` the missions that each expert can accept. `team` is the number of a group of pairs of one
    need of which at most one is taken (one expert per employer in a mission), -1 for none. `rows`
    are other limits on sets of pairs, which the flow algorithm cannot handle. `covers` lists, for a
    need, sets of pairs of which at least one is taken if the need is served. `kept` marks the pairs
    of the previous plan. `covered` marks the needs that already have a pinned person; `base` is the
    score of these people for each need.
    """

    need: Ints
    expert: Ints
    score: Floats
    demand: Ints
    load: Ints
    team: Ints
    rows: Rows = field(default_factory=Rows)
    covers: tuple[tuple[int, Ints], ...] = ()
    kept: Bools
    covered: Bools
    base: Floats

    def only(self, keep: Bools) -> "Problem":
        """Return the problem with only the (need, expert) pairs of the mask `keep`.

        Its rows and covers (see `Problem`) are reduced to these pairs, which are numbered again.
        """
        place = np.cumsum(keep) - 1
        return replace(
            self,
            need=self.need[keep],
            expert=self.expert[keep],
            score=self.score[keep],
            team=self.team[keep],
            kept=self.kept[keep],
            rows=self.rows.only(keep),
            covers=tuple((i, place[pairs[keep[pairs]]]) for i, pairs in self.covers),
        )

    def floor_kept(self, floor: float) -> Bools:
        """Return the mask of the (need, expert) pairs whose score is `floor` or more."""
        return self.score >= floor - 1e-12


@dataclass(frozen=True, kw_only=True)
class PlanScore:
    """The figures by which plans are compared, in order of importance.

    The figures are: unserved needs, empty seats, total score, pairs kept from the previous plan.
    """

    nobody: int
    unfilled: int
    total: float
    kept: int


@dataclass(frozen=True, kw_only=True)
class Solution:
    """A solution of a `Problem`: positions of the (need, expert) pairs taken, with a bound.

    `bound` is an upper limit of the total score of plans that fill as many needs and seats;
    `status` is `OPTIMAL` or `UNPROVEN`; for `floor` and `floor_bound` see `Assignment`.
    """

    taken: Ints
    bound: float
    status: str = OPTIMAL
    floor: float | None = None
    floor_bound: float | None = None
    notes: tuple[str, ...] = field(default=())


def problem(
    need: Sequence[int] | Ints,
    expert: Sequence[int] | Ints,
    score: Sequence[float] | Floats,
    demand: Sequence[int] | Ints,
    load: Sequence[int] | Ints,
) -> Problem:
    """Build a problem whose only limits are the seats of needs and the missions of experts.

    `need`, `expert` and `score` have one entry per (need, expert) pair that may be taken; `demand`
    is the seats of each need, `load` the missions of each expert.
    """
    size = len(need)
    seats = np.asarray(demand, dtype=np.int64)
    return Problem(
        need=np.asarray(need, dtype=np.int64),
        expert=np.asarray(expert, dtype=np.int64),
        score=np.asarray(score, dtype=np.float64),
        demand=seats,
        load=np.asarray(load, dtype=np.int64),
        team=np.full(size, -1, dtype=np.int64),
        kept=np.zeros(size, dtype=np.bool_),
        covered=np.zeros(seats.size, dtype=np.bool_),
        base=np.zeros(seats.size),
    )


def plan_score(p: Problem, taken: Ints) -> PlanScore:
    """Return the figures by which plans are compared, for the pairs taken (given by position)."""
    filled = np.bincount(p.need[taken], minlength=p.demand.size)
    has_seats = p.demand > 0
    return PlanScore(
        nobody=int((has_seats & (filled == 0) & ~p.covered).sum()),
        unfilled=int((p.demand - filled).sum()),
        total=float(p.score[taken].sum()),
        kept=int(p.kept[taken].sum()),
    )


def respects(p: Problem, taken: Ints) -> bool:
    """Return whether the pairs taken, by position, respect all rows and covers (see `Problem`)."""
    chosen = np.zeros(p.need.size, dtype=np.bool_)
    chosen[taken] = True
    if p.rows.exceeded(chosen):
        return False
    filled = np.bincount(p.need[taken], minlength=p.demand.size)
    return all(filled[i] == 0 or bool(chosen[pairs].any()) for i, pairs in p.covers)
