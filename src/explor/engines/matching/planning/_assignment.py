"""The best assignment of experts to needs, computed from a matrix of scores alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from explor.engines.matching.records import Bools, Fairness, Floats, Ints

from . import _fairness as floors
from . import _mixed as mixed
from ._overlaps import overlap_rows
from ._problem import OPTIMAL, Clock, Problem, Solution, plan_score, problem

Scores = Any  # a numpy array or any scipy sparse matrix, for which numpy.typing has no common name
Window = tuple[int, int] | tuple[date, date]


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """The (need, expert) pairs chosen, by position, and the proof of their quality.

    `objective` is the total score; `bound` is a proven upper limit of the total score of
    assignments that serve as many needs, fill as many seats and have the same floor; `gap` is their
    difference divided by `bound`; `status` is "optimal" or "non prouvé". `nobody` is the number of
    unserved needs, `unfilled` the number of empty seats. `floor` is the lowest score of a pair or,
    for fairness "need", the lowest sum of the scores of a served need; `floor_bound` is a proven
    upper limit of the floor, equal to `floor` if the floor is optimal (None when no floor was
    requested).
    """

    pairs: tuple[tuple[int, int], ...]
    status: str
    objective: float
    bound: float
    gap: float
    nobody: int
    unfilled: int
    floor: float | None = None
    floor_bound: float | None = None


def assign(
    scores: Scores,
    demand: ArrayLike,
    load: ArrayLike,
    *,
    windows: Sequence[Window] | NDArray[np.integer] | None = None,
    bans: Iterable[tuple[int, int]] | None = None,
    fairness: Fairness = "none",
    time_limit: float = 60.0,
) -> Assignment:
    """Return the best assignment of experts to needs, with its proof.

    scores: a matrix (needs x experts), sparse (stored entries are the eligible pairs, even zeros)
    or dense (NaN and infinities are not eligible). demand: seats per need; load: missions per
    expert (a number applies to all). windows: first and last day, both included, of each need's
    mission; nobody is in two missions on the same day. bans: pairs (need, expert) excluded, by
    position. time_limit: in seconds.

    The best assignment has, in strict order of importance, the fewest unserved needs, the most
    seats filled, the highest floor (`fairness`), the highest total score. Raises ValueError for
    shapes that do not agree, seats or loads that are not whole or are negative, stored scores that
    are not finite.
    """
    p = _without(_problem(scores, demand, load), bans or ())
    if windows is not None:
        first, last = _days(windows, p.demand.size)
        p = replace(p, rows=overlap_rows(p, first[p.need], last[p.need]))
    return _as_assignment(p, solve(p, fairness, Clock(time_limit)))


def solve(p: Problem, fairness: Fairness, clock: Clock) -> Solution:
    """Return the best solution of an assignment problem, according to a fairness mode.

    `fairness` is "none" (highest total score), "pair" (first the highest minimum score of a pair)
    or "need" (first the highest minimum sum of the scores of a need). Raises ValueError for any
    other value.
    """

    if p.need.size == 0:
        return Solution(taken=np.zeros(0, dtype=np.int64), bound=0.0)
    if fairness == "pair":
        return floors.with_pair_floor(p, clock)
    if fairness == "need":
        return floors.with_need_floor(p, clock)
    if fairness == "none":
        return mixed.solve(p, clock)
    raise ValueError(f"fairness must be none, pair or need, not {fairness!r}")


def relative_gap(objective: float, bound: float) -> float:
    """Return (bound - objective) / |bound|, at least 0; 0 when the bound is 0."""
    return max(0.0, bound - objective) / abs(bound) if bound else 0.0


def _problem(scores: Scores, demand: ArrayLike, load: ArrayLike) -> Problem:
    is_sparse: bool = sparse.issparse(scores)
    if is_sparse:
        stored = sparse.coo_array(scores)
        need, expert, value = stored.row.astype(int), stored.col.astype(int), stored.data
    else:
        dense = np.asarray(scores, dtype=np.float64)
        need, expert = np.nonzero(np.isfinite(dense))
        value = dense[need, expert]
    needs, experts = np.shape(scores)
    order = np.lexsort((expert, need))
    p = problem(
        need[order], expert[order], value[order], _each(demand, needs), _each(load, experts)
    )
    if not np.isfinite(p.score).all():
        raise ValueError("scores must be finite")
    return p


def _each(given: ArrayLike, count: int) -> Ints:
    values = np.asarray(given)
    if values.ndim and values.shape != (count,):
        raise ValueError(f"expected one number or {count}, got {values.shape}")
    integers = np.broadcast_to(values, (count,)).astype(np.int64)
    if (integers != values).any() or (integers < 0).any():
        raise ValueError("seats and loads must be whole numbers, zero or more")
    return integers.copy()


def _days(windows: Sequence[Window] | NDArray[np.integer], needs: int) -> tuple[Ints, Ints]:
    days = [
        [d.toordinal() if isinstance(d, date) else int(d) for d in window] for window in windows
    ]
    if len(days) != needs or any(len(window) != 2 for window in days):
        raise ValueError(f"expected {needs} windows of two days")
    first, last = np.array(days, dtype=np.int64).reshape(-1, 2).T
    return first, last


def _without(p: Problem, bans: Iterable[tuple[int, int]]) -> Problem:
    banned = {(int(i), int(j)) for i, j in bans}
    if not banned:
        return p
    pairs = zip(p.need.tolist(), p.expert.tolist(), strict=True)
    keep: Bools = np.array([pair not in banned for pair in pairs], dtype=np.bool_)
    return p.only(keep)


def _as_assignment(p: Problem, solution: Solution) -> Assignment:
    have = plan_score(p, solution.taken)
    bound = max(solution.bound, have.total)
    scores: Floats = p.score[solution.taken]
    floor = (
        solution.floor
        if solution.floor is not None
        else (float(scores.min()) if scores.size else 0)
    )
    return Assignment(
        pairs=tuple(
            zip(p.need[solution.taken].tolist(), p.expert[solution.taken].tolist(), strict=True)
        ),
        status=solution.status,
        objective=have.total,
        bound=bound,
        gap=relative_gap(have.total, bound),
        nobody=have.nobody,
        unfilled=have.unfilled,
        floor=floor,
        floor_bound=solution.floor_bound if solution.floor is not None else None,
    )


__all__ = ["OPTIMAL", "Assignment", "assign"]
