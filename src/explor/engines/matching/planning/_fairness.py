"""Fairness floors: among the plans that fill most seats, find the highest minimum score.

The fullest plans have the fewest unserved needs, then the most seats filled. The floor of a plan is
the minimum score of its pairs (floor on pairs), or the minimum, over served needs, of the sum of
the scores of the people sent (floor on needs). A floor on pairs excludes all pairs below it. The
highest floor on needs is found by setting a floor and solving for any plan that reaches it:
maximising the lowest sum directly would never end with a proof. Each floor that fails is proven
impossible, so that the last one reached is the highest. The total is then maximised above that
floor.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from explor.engines.matching.records import Bools, Floats, Ints

from . import _flow as flow
from . import _mixed as mixed
from ._highs import Impossible, TimeOut, linear
from ._problem import UNPROVEN, Clock, PlanScore, Problem, Rows, Solution, plan_score

# Floors to try, as fractions of the way from the best floor to the bound, usually very close.
SHARES = (1.0, 0.999, 0.99, 0.97)  # after that, the middle
DECIMALS = 5  # sums that differ by less count as the same floor: the solver is not more precise
TINY = 1e-7
REACHES = (1e-9, 0.02, np.inf)  # pairs with a reduced cost up to this are tried, in turn
# fraction of the time spent on the floor; the remainder improves the total above this floor
SEARCHING = 0.7
EACH = 0.3  # fraction of the remaining time for one floor; after that, the floor stays undecided


def with_pair_floor(p: Problem, clock: Clock) -> Solution:
    """Return the fullest plan with the highest minimum score of a pair, then the highest total.

    The fullest plan has the fewest unserved needs, then the most seats filled. The status is
    unproven when the time is over.
    """
    plain = replace(p, rows=Rows(), covers=())
    above = flow.pair_floor(plain)
    free = mixed.solve(p, clock)
    if not p.rows and not p.covers:
        best = flow.solve(p.only(p.floor_kept(above)))
        return _renamed(p, above, best, floor_bound=above)
    goal = plan_score(p, free.taken)
    if not _as_full(p, flow.solve(plain), goal):
        # The rows leave seats empty, so a plan without its worst pairs may have a higher floor.
        above = float(p.score.max(initial=0.0))
    marks = np.unique(p.score)
    low = int(np.searchsorted(marks, p.score[free.taken].min(initial=np.inf)))
    high = int(np.searchsorted(marks, above))
    best, floor, proven = free, float(marks[min(low, marks.size - 1)]), True
    probe = high
    while low < high:
        solution, sure = _with_floor(p, float(marks[probe]), clock)
        if solution is not None and _as_full(p, solution, goal):
            low, best, floor = probe, solution, float(marks[probe])
        else:
            high, proven = probe - 1, proven and sure
        probe = (low + high + 1) // 2
    if best is free:
        solution, sure = _with_floor(p, floor, clock)
        best, proven = (solution or free), proven and sure
    status = best.status if proven and free.status != UNPROVEN else UNPROVEN
    bound = floor if proven else above
    return replace(best, floor=floor, floor_bound=bound, status=status)


def _as_full(p: Problem, solution: Solution, goal: PlanScore) -> bool:
    have = plan_score(p, solution.taken)
    return (have.nobody, have.unfilled) == (goal.nobody, goal.unfilled)


def _with_floor(p: Problem, floor: float, clock: Clock) -> tuple[Solution | None, bool]:
    """Return the best plan without pairs scored below `floor`, and whether it is proven best.

    Its pairs are positions in `p`. The result is (None, False) when the time is over.
    """
    if clock.out():
        return None, False
    keep = p.floor_kept(floor)
    solution = mixed.solve(p.only(keep), clock)
    taken = np.flatnonzero(keep)[solution.taken]
    return replace(solution, taken=taken), solution.status != UNPROVEN


def _renamed(p: Problem, floor: float, solution: Solution, floor_bound: float) -> Solution:
    taken = np.flatnonzero(p.floor_kept(floor))[solution.taken]
    return replace(solution, taken=taken, floor=floor, floor_bound=floor_bound)


@dataclass(kw_only=True)
class _Search:
    """State of the search for the highest floor (the minimum sum of the scores of a served need).

    `taken` is the best plan found, `floor` its floor. Floors from `doubtful` up were tried without
    success; `refused` is the lowest floor proven impossible. `free` is an upper bound on the total
    of plans without a floor.
    """

    taken: Ints
    floor: float
    doubtful: float
    refused: float
    free: float


def with_need_floor(p: Problem, clock: Clock) -> Solution:
    """Return the fullest plan in which the worst-served need has the highest sum of scores.

    The fullest plan has the fewest unserved needs, then the most seats filled. The lowest sum of
    scores of a served need is the floor; among plans with the highest floor, the one with the
    highest total is returned. `floor_bound` is a proven upper limit of the floor. The status is
    optimal when both the floor (to `DECIMALS`, or to the decimals of the scores) and the total are
    proven the best.
    """
    free = mixed.solve(p, clock)
    if not free.taken.size:
        return free
    goal, step = plan_score(p, free.taken), _step(p)
    ceiling = _most_of_one(p, goal)
    search = _Search(
        taken=free.taken,
        floor=worst_sum(p, free.taken),
        doubtful=ceiling + step,
        refused=ceiling + step,
        free=free.bound,
    )
    _narrow(p, goal, Clock(SEARCHING * clock.left()), search, step)
    best = _topped(p, search, goal, clock)
    floor = worst_sum(p, best.taken)
    proven = free.status != UNPROVEN and search.refused - search.floor < 1.5 * step
    bound = floor if proven else max(floor, min(ceiling, search.refused))
    status = best.status if proven else UNPROVEN
    return replace(best, floor=floor, floor_bound=bound, status=status)


def _step(p: Problem) -> float:
    """Return the smallest difference between two sums of scores that is not a rounding error.

    It is a power of ten, from 1 to 10^-`DECIMALS`, by the number of decimals of the scores.
    """
    digits = next((d for d in range(DECIMALS) if flow.is_exact(p, 10**d)), DECIMALS)
    return float(10.0**-digits)


def _narrow(p: Problem, goal: PlanScore, clock: Clock, search: _Search, step: float) -> None:
    """Search for a higher floor (the minimum sum of scores of a served need); update `search`.

    Each plan found raises `search.floor`, each proof lowers `search.refused`. The search ends when
    the two meet, within a `step`, or when the time is over. `goal` gives the numbers of needs and
    seats that must stay filled.
    """
    tries = 0
    while search.doubtful - search.floor > 1.25 * step and not clock.out():
        steps = (search.doubtful - search.floor) / step - 1
        share = SHARES[tries] if tries < len(SHARES) else 0.5
        target = search.floor + step * max(1.0, np.floor(steps * share))
        tries += 1
        try:
            taken = _above(p, target, goal, Clock(EACH * clock.left()))
        except Impossible:
            bound = target if tries > 1 else _linear_bound(p, goal, Clock(EACH * clock.left()))
            search.doubtful = search.refused = min(target, bound + step)
            continue
        if taken is None:
            search.doubtful = target
        else:
            search.taken, search.floor = taken, worst_sum(p, taken)


def _above(p: Problem, floor: float, goal: PlanScore, clock: Clock) -> Ints | None:
    """Return a plan in which the scores of each served need add up to `floor` at least.

    The plan serves as many needs and fills as many seats as `goal`; it is an array of positions of
    pairs. Returns None when the time is over; raises Impossible when there is provably no such
    plan.
    """
    keep = _reaching(p, floor)
    model = _model(p.only(keep), goal, floor)
    try:
        relaxed = mixed.relaxed(model, clock)
    except TimeOut:
        return None
    seats = np.arange(model.cost.size) >= model.pairs
    for reach in REACHES:
        try:
            selection = mixed.integers(model, seats | (relaxed.reduced <= reach), clock, close=1.0)
        except Impossible:
            if reach == np.inf:
                raise
            continue  # no proof: pairs not tried could reach the floor
        if selection is not None:
            return np.flatnonzero(keep)[selection.taken]
    return None


def _reaching(p: Problem, floor: float) -> Bools:
    """Return the mask of the pairs that a plan may use under a minimum sum of scores per need.

    `floor` is the minimum sum of the scores of the people sent to a served need.
    """
    # The pair may already be one of the best, so the sum is at most the sum of the best scores.
    others = p.base + _sum_of_best(p, p.demand - 1)
    every = p.base + _sum_of_best(p, p.demand)
    keep: Bools = np.minimum(others[p.need] + p.score, every[p.need]) >= floor - TINY
    return keep


def _model(p: Problem, goal: PlanScore, floor: float | None = None) -> mixed.Model:
    """Return the integer program of the plans with as few empty seats and unserved needs as `goal`.

    Its cost is minus the total score. `floor`, if given, is the minimum sum of the scores of a
    served need.
    """
    return mixed.build(
        p,
        mixed.Prices(seat=0, nobody=0),
        floor=None if floor is None else floor - TINY,
        nobody_at_most=goal.nobody,
        unfilled_at_most=goal.unfilled,
    )


def _topped(p: Problem, search: _Search, goal: PlanScore, clock: Clock) -> Solution:
    """Return the plan of highest total among those as full as `goal` that reach `search.floor`.

    When the time is over, it is the plan `search.taken`, unproven.
    """
    keep = _reaching(p, search.floor)
    few = p.only(keep)
    start = (np.cumsum(keep) - 1)[search.taken]
    try:
        best = mixed.optimum(few, _model(few, goal, search.floor), clock, start)
    except TimeOut:
        best = Solution(taken=start, bound=search.free, status=UNPROVEN)
    solution = mixed.with_bound(
        few, best, mixed.Prices(seat=0, nobody=0), plan_score(few, best.taken)
    )
    return replace(solution, taken=np.flatnonzero(keep)[solution.taken])


def _most_of_one(p: Problem, goal: PlanScore) -> float:
    """Return an upper limit of the sum of scores of the worst-served need, in any plan.

    Each need can have at most the sum of its best scores. The limit is the smallest of these sums,
    or the largest when `goal` leaves unserved needs.
    """
    most = p.base + _sum_of_best(p, p.demand)
    reachable = most[mixed.changeable(p)]
    return float(reachable.max() if goal.nobody else reachable.min())


def _sum_of_best(p: Problem, count: Ints) -> Floats:
    """Return, per need, the sum of its `count` best scores, or of all its scores if fewer."""
    best = np.where(mixed.rank_of(p.need, p.score) < count[p.need], p.score.clip(0), 0.0)
    return np.bincount(p.need, best, p.demand.size).astype(np.float64)


def _linear_bound(p: Problem, goal: PlanScore, clock: Clock) -> float:
    """Return an upper limit of the sum of scores of the worst-served need, by linear relaxation.

    Only plans as full as `goal` count. The limit is infinity when the time is over.
    """
    pairs, needs = p.need.size, p.demand.size
    model = _model(p, goal)
    changeable = np.flatnonzero(mixed.changeable(p))
    best = float(p.score.max(initial=0.0)) * int(p.demand.max()) + float(p.base.max())
    # Constraint: floor <= base + sum of the scores; always satisfied by an unserved need.
    sums = sparse.csr_array((-p.score, (p.need, np.arange(pairs))), (needs, pairs))[changeable]
    aside = sparse.diags_array(np.full(needs, -best), offsets=needs, shape=(needs, 2 * needs))
    level = sparse.csr_array(np.ones((changeable.size, 1)))
    rows = sparse.hstack([sums, aside.tocsr()[changeable], level])
    spare = sparse.csr_array((model.matrix.shape[0], 1))
    try:
        optimum = linear(
            np.append(np.zeros(model.cost.size), -1.0),
            sparse.vstack([sparse.hstack([model.matrix, spare]), rows], format="csr"),
            np.append(model.low, np.full(changeable.size, -np.inf)),
            np.append(model.high, p.base[changeable]),
            np.append(model.upper, best),
            clock.left(),
        )
    except TimeOut:
        return float("inf")
    return -optimum.value


def worst_sum(p: Problem, taken: Ints) -> float:
    """Return the lowest sum of scores among the served needs of a plan, 0 when there are none.

    `taken` holds the positions of the pairs of the plan. Only needs with at least one pair in the
    problem count; the scores of imposed people (`Problem.base`) are included.
    """
    count = np.bincount(p.need[taken], minlength=p.demand.size)
    total = p.base + np.bincount(p.need[taken], p.score[taken], minlength=p.demand.size)
    some = mixed.changeable(p) & ((count > 0) | p.covered)
    return float(total[some].min()) if some.any() else 0.0
