"""Exact assignment by linear and integer programming (HiGHS in scipy), with any rows and covers.

Rows are limits on sets of pairs; covers are sets of pairs of which at least one is required. First
a linear relaxation gives a bound and reduced costs. Then an integer program on the pairs used by
the relaxation gives a plan. A pair whose reduced cost exceeds the difference between the bound and
the plan cannot be in a better plan, and is excluded. A final integer program on the remaining pairs
proves the optimum.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from explor.engines.matching.records import Bools, Floats, Ints

from . import _flow as flow
from ._highs import Impossible, Relaxed, TimeOut, integer, linear
from ._problem import UNPROVEN, Clock, PlanScore, Problem, Rows, Solution, plan_score, respects

TINY = 1e-6
LARGE = 20_000  # number of pairs from which the linear optimum begins with the best ones:
BEST_OF_NEED, BEST_OF_EXPERT = 40, 4  # of each need and of each expert


@dataclass(frozen=True, kw_only=True)
class Model:
    """An integer program: minimise cost.v with low <= matrix v <= high, 0 <= v <= upper.

    The columns are the `pairs` pairs, the empty seats of each need, then the last empty seat of
    each need. `likely`: in a large problem, the mask of the columns that the optimum probably uses.
    """

    cost: Floats
    matrix: sparse.csr_array
    low: Floats
    high: Floats
    upper: Floats
    pairs: int
    likely: Bools | None


@dataclass(frozen=True, kw_only=True)
class Prices:
    """The costs of empty seats and unserved needs in the model, in units of score.

    `seat` is the cost of an empty seat; `nobody` is an additional cost for an unserved need.
    """

    seat: float
    nobody: float


@dataclass(frozen=True, kw_only=True)
class Selection:
    """The (need, expert) pairs taken by a solution of a model, by position, with a bound.

    `bound` is a lower bound of the cost; `proven` is whether the solution is proven optimal.
    """

    taken: Ints
    bound: float
    proven: bool


class _Rows:
    """The constraints of the model, collected block by block.

    The columns are the pairs, then for each need its number of empty seats, then for each need 1 if
    it is unserved, else 0.
    """

    def __init__(self, needs: int) -> None:
        self.needs = needs
        self.blocks: list[sparse.csr_array] = []
        self.low: list[Floats] = []
        self.high: list[Floats] = []

    def add(
        self,
        pairs: sparse.csr_array,
        low: Floats | Ints | float,
        high: Floats | Ints | float,
        seats: sparse.csr_array | None = None,
    ) -> None:
        count = pairs.shape[0]
        side = sparse.csr_array((count, 2 * self.needs)) if seats is None else seats
        self.blocks.append(sparse.hstack([pairs, side], format="csr"))
        self.low.append(np.broadcast_to(np.asarray(low, dtype=np.float64), (count,)))
        self.high.append(np.broadcast_to(np.asarray(high, dtype=np.float64), (count,)))


def build(
    p: Problem,
    prices: Prices,
    *,
    floor: float | None = None,  # the minimum sum of scores of a served need
    nobody_at_most: int | None = None,
    unfilled_at_most: int | None = None,
) -> Model:
    """Return the integer model of a problem, with prices for empty seats and unserved needs."""
    pairs, needs = p.need.size, p.demand.size
    at, one = np.arange(pairs), np.ones(pairs)
    last = (~p.covered & (p.demand > 0)).astype(np.float64)
    rows = _Rows(needs)
    empty = sparse.hstack([sparse.eye_array(needs), sparse.eye_array(needs)], format="csr")
    seats = sparse.csr_array((one, (p.need, at)), (needs, pairs))
    rows.add(seats, p.demand, p.demand, empty)
    rows.add(sparse.csr_array((one, (p.expert, at)), (p.load.size, pairs)), -np.inf, p.load)
    block, most = _row_block(p)
    rows.add(block, -np.inf, most)
    if p.covers:
        rows.add(_cover_block(p), -np.inf, 0.0)
    if floor is not None:
        held = np.flatnonzero(changeable(p))
        above = sparse.csr_array((p.score, (p.need, at)), (needs, pairs))[held]
        aside = sparse.diags_array(floor * last, offsets=needs, shape=(needs, 2 * needs))
        rows.add(above, floor - p.base[held], np.inf, aside.tocsr()[held])
    for most_empty, share in ((nobody_at_most, 0.0), (unfilled_at_most, 1.0)):
        if most_empty is not None:
            counted = sparse.csr_array(np.repeat([share, 1.0], needs)[None, :])
            rows.add(sparse.csr_array((1, pairs)), -np.inf, float(most_empty), counted)
    return Model(
        cost=_costs(p, prices),
        matrix=sparse.vstack(rows.blocks, format="csr"),
        low=np.concatenate(rows.low),
        high=np.concatenate(rows.high),
        upper=np.concatenate([one, p.demand - last, last]),
        pairs=pairs,
        likely=_likely(p),
    )


def _costs(p: Problem, prices: Prices) -> Floats:
    """Return the cost of each column of the model; pairs of the previous plan cost a bit less."""
    needs = p.demand.size
    bonus = 0.5e-4 / (int(p.demand.sum()) + 1) if p.kept.any() else 0.0
    seat, nobody = np.full(needs, prices.seat), np.full(needs, prices.seat + prices.nobody)
    return np.concatenate([-p.score - bonus * p.kept, seat, nobody])


def relaxed(model: Model, clock: Clock) -> Relaxed:
    """Return the optimum of the linear relaxation, in which pairs may be taken in part.

    Raises the same errors as `_highs.linear`.
    """
    return linear(
        model.cost,
        model.matrix,
        model.low,
        model.high,
        model.upper,
        clock.left(),
        model.likely,
    )


def _likely(p: Problem) -> Bools | None:
    """Return the mask of the columns that the optimum probably uses; None for a small problem.

    They are the empty seats, and the pairs with the best scores of each need and of each expert.
    """
    if p.need.size <= LARGE:
        return None
    likely = np.ones(p.need.size + 2 * p.demand.size, dtype=np.bool_)
    likely[: p.need.size] = (rank_of(p.need, p.score) < BEST_OF_NEED) | (
        rank_of(p.expert, p.score) < BEST_OF_EXPERT
    )
    return likely


def rank_of(group: Ints, score: Floats) -> Ints:
    """Return the rank of each score among the scores of the same group, 0 for the best.

    `group` is the group of each score, such as its need.
    """
    order = np.lexsort((-score, group))
    held = group[order]
    rank = np.empty_like(group)
    rank[order] = np.arange(order.size) - np.searchsorted(held, held)
    return rank


def changeable(p: Problem) -> Bools:
    """Return the mask of the needs that have seats to fill and at least one eligible expert."""
    some: Bools = np.bincount(p.need, minlength=p.demand.size) > 0
    return some & (p.demand > 0)


def _row_block(p: Problem) -> tuple[sparse.csr_array, Floats]:
    """Return the limits on sets of pairs: a matrix (sets x pairs) and the maximum per set.

    The teams (pairs of one need and one employer, at most one taken) come before `p.rows`.
    """
    teams = int(p.team.max(initial=-1)) + 1
    inside = np.flatnonzero(p.team >= 0)
    at = np.append(p.team[inside], teams + p.rows.row), np.append(inside, p.rows.pair)
    shape = (teams + len(p.rows), p.need.size)
    most = np.append(np.ones(teams), p.rows.limit.astype(np.float64))
    return sparse.csr_array((np.ones(at[0].size), at), shape), most


def _cover_block(p: Problem) -> sparse.csr_array:
    """Return the constraint matrix by which a served need takes at least one pair of its cover.

    It has one row per cover and one column per pair. The constraint is: pairs taken outside the
    cover - (demand - 1) x pairs taken inside the cover <= 0.
    """
    block = sparse.lil_array((len(p.covers), p.need.size))
    for k, (i, able) in enumerate(p.covers):
        block[k, np.flatnonzero(p.need == i)] = 1.0
        block[k, able] = 1.0 - max(1, int(p.demand[i]))
    return block.tocsr()


def optimum(p: Problem, model: Model, clock: Clock, start: Ints) -> Solution:
    """Return the best solution of a model by reduced-cost fixing (see the head of the module).

    `start` is a plan (positions of pairs) that satisfies the model. The status is unproven when the
    time ends during the search. Raises TimeOut when it ends before the linear bound is known.
    """
    loose = relaxed(model, clock)
    support = (loose.x > 1e-9) | (np.arange(model.cost.size) >= model.pairs)
    support[start] = True
    taken = _better(p, model, start, _integers(model, support, clock))
    value = _value(p, model, taken)
    if value <= loose.value + TINY:
        return Solution(taken=taken, bound=-loose.value)
    keep = loose.reduced <= value - loose.value + TINY
    last = _integers(model, keep, clock)
    if last is None:
        return Solution(taken=taken, bound=-loose.value, status=UNPROVEN)
    taken = _better(p, model, taken, last)
    if last.proven:
        return Solution(taken=taken, bound=-_value(p, model, taken))
    return Solution(taken=taken, bound=-max(last.bound, loose.value), status=UNPROVEN)


def _integers(model: Model, keep: Bools, clock: Clock) -> Selection | None:
    """Return the result of `integers`, or None when it finds no solution or the time is over.

    The columns are known to contain a plan: when the solver finds none, its tolerances are the
    cause.
    """
    try:
        return integers(model, keep, clock)
    except Impossible:
        return None


def _better(p: Problem, model: Model, taken: Ints, selection: Selection | None) -> Ints:
    if selection is None or _value(p, model, selection.taken) >= _value(p, model, taken):
        return taken
    return selection.taken


def _value(p: Problem, model: Model, taken: Ints) -> float:
    """Return the cost in the model of a plan (positions of pairs) and of its empty seats."""
    needs = p.demand.size
    empty = p.demand - np.bincount(p.need[taken], minlength=needs)
    dearest = model.upper[model.pairs + needs :].astype(np.int64)
    spare = model.upper[model.pairs : model.pairs + needs].astype(np.int64)
    seat, nobody = model.cost[model.pairs], model.cost[-1]
    last = np.minimum(np.maximum(empty - spare, 0), dearest)
    return float(model.cost[taken].sum() + seat * (empty - last).sum() + nobody * last.sum())


def integers(model: Model, keep: Bools, clock: Clock, *, close: float = 0.0) -> Selection | None:
    """Return the best pairs to take among the columns of a mask; None when the time is over.

    The search stops when the relative gap to the bound is `close` or less. Raises Impossible when
    these columns contain no solution (see `_highs.integer`).
    """
    if clock.out():
        return None
    columns = np.flatnonzero(keep)
    result = integer(
        model.cost[columns],
        model.matrix[:, columns],
        model.low,
        model.high,
        model.upper[columns],
        clock.left(),
        close,
    )
    if result is None:
        return None
    pairs = columns[(result.x > 0.5) & (columns < model.pairs)]
    return Selection(taken=pairs, bound=result.bound, proven=result.proven)


def solve(p: Problem, clock: Clock) -> Solution:
    """Return the assignment with the fewest unserved needs, then most seats, then highest total.

    The faster flow algorithm, which ignores rows and covers (see `Problem`), runs first; its result
    is returned if it respects them, and otherwise gives upper limits.
    """
    plain = replace(p, rows=Rows(), covers=())
    loose = flow.solve(plain)
    if respects(p, loose.taken):
        return loose
    goal = plan_score(plain, loose.taken)
    top = max(1.0, float(p.score.max(initial=0.0)))
    prices = Prices(seat=10 * top, nobody=10 * top)
    start = _thinned(p, loose.taken)
    solution = _attempt(p, prices, clock, start)
    have = plan_score(p, solution.taken)
    if (have.nobody, have.unfilled) == (goal.nobody, goal.unfilled) or solution.status == UNPROVEN:
        return with_bound(p, solution, prices, have)
    return _strict(p, clock, solution, goal, have)


def _strict(
    p: Problem, clock: Clock, solution: Solution, goal: PlanScore, have: PlanScore
) -> Solution:
    """Return the best solution when the rows or covers of `p` leave more seats empty.

    Unserved needs, empty seats and total score are optimised in turn. `solution` is the best known
    one, with figures `have`; `goal` has those of the best solution without rows or covers.
    """
    most: int | None = None
    if have.nobody > goal.nobody:
        single = replace(p, demand=np.minimum(p.demand, 1) * ~p.covered)
        above = Prices(
            seat=float(single.demand.sum()) * max(1.0, p.score.max(initial=0)) + 1, nobody=0
        )
        covering = _attempt(single, above, clock, _thinned(single, solution.taken))
        if covering.status == UNPROVEN:
            return replace(solution, status=UNPROVEN, bound=goal.total)
        most = plan_score(single, covering.taken).nobody
        if most < have.nobody:
            solution = replace(solution, taken=covering.taken)
    prices = Prices(seat=goal.total + 1, nobody=0)
    model = build(p, prices, nobody_at_most=most if most is not None else goal.nobody)
    try:
        strict = optimum(p, model, clock, solution.taken)
    except TimeOut:
        return replace(solution, status=UNPROVEN, bound=goal.total)
    return with_bound(p, strict, prices, plan_score(p, strict.taken))


def _attempt(p: Problem, prices: Prices, clock: Clock, start: Ints) -> Solution:
    try:
        return optimum(p, build(p, prices), clock, start)
    except TimeOut:
        return Solution(taken=start, bound=float("inf"), status=UNPROVEN)


def with_bound(p: Problem, solution: Solution, prices: Prices, have: PlanScore) -> Solution:
    """Return the solution with its bound converted from the model's cost to the total score.

    `have` holds the figures of the solution.
    """
    if solution.status != UNPROVEN:
        return replace(solution, bound=have.total)
    paid = prices.seat * have.unfilled + prices.nobody * have.nobody
    ceiling = _ceiling(p)
    return replace(solution, bound=float(min(ceiling, solution.bound + paid)))


def _ceiling(p: Problem) -> float:
    """Return an upper limit of the total score of any plan: the best scores of each need."""
    return float(p.score[rank_of(p.need, p.score) < p.demand[p.need]].sum())


def _thinned(p: Problem, taken: Ints) -> Ints:
    """Return a subset of the pairs `taken`, by position, that respects every limit of `p`.

    Pairs are chosen one by one: pairs of covers first, then by decreasing score.
    """
    seats, loads = p.demand.copy(), p.load.copy()
    left = p.rows.limit.tolist()
    rows_of: dict[int, list[int]] = {}
    met = np.isin(p.rows.pair, taken)
    for k, pair in zip(p.rows.row[met].tolist(), p.rows.pair[met].tolist(), strict=True):
        rows_of.setdefault(pair, []).append(k)
    covering = {i: set(able.tolist()) for i, able in p.covers}
    chosen: list[int] = []
    led: set[int] = set()
    teams: set[int] = set()
    able_first = sorted(
        taken.tolist(),
        key=lambda k: (k not in covering.get(int(p.need[k]), {k}), -p.score[k], k),
    )
    for k in able_first:
        i, j, team = int(p.need[k]), int(p.expert[k]), int(p.team[k])
        fits = seats[i] > 0 and loads[j] > 0 and team not in teams
        fits = fits and all(left[r] > 0 for r in rows_of.get(k, ()))
        fits = fits and (i not in covering or k in covering[i] or i in led)
        if not fits:
            continue
        chosen.append(k)
        led.add(i)
        seats[i] -= 1
        loads[j] -= 1
        if team >= 0:
            teams.add(team)
        for r in rows_of.get(k, ()):
            left[r] -= 1
    return np.array(chosen, dtype=np.int64)
