"""Floors: the best worst pair, or the best worst need, among the plans that fill the most.

A floor on pairs leaves out the pairs under it. A floor on needs is on the mean score of the
people sent to a need; it is found by fixing the floor and maximising the total, never by
maximising the worst score directly, which does not close.
"""

from dataclasses import replace

import numpy as np
from scipy import sparse

from . import flow, mixed
from .highs import TimeOut, linear
from .problem import UNPROVEN, Clock, Problem, Solution, Worth, worth
from .roster import Ints

SHARES = (0.999, 0.998, 0.99, 0.97)  # of the way from the floor in hand to the bound
STEPS = 8  # then halvings
CLOSE = 1e-4  # relative distance at which the search stops
NODES = 400  # a floor that needs more branching than this counts as refused


def with_pair_floor(p: Problem, clock: Clock) -> Solution:
    """The best floor on every pair, then the best total above it."""
    plain = replace(p, rows=(), covers=())
    above = flow.pair_floor(plain)
    free = mixed.solve(p, clock)
    if not p.rows and not p.covers:
        best = flow.solve(p.only(p.floor_kept(above)))
        return _renamed(p, above, best, floor_bound=above)
    goal = worth(p, free.taken)
    marks = np.unique(p.score)
    low = int(np.searchsorted(marks, p.score[free.taken].min(initial=np.inf)))
    high = int(np.searchsorted(marks, above))
    best, floor, proven = free, float(marks[min(low, marks.size - 1)]), True
    probe = high
    while low < high:
        found, sure = _with_floor(p, float(marks[probe]), clock)
        if found is not None and _as_full(p, found, goal):
            low, best, floor = probe, found, float(marks[probe])
        else:
            high, proven = probe - 1, proven and sure
        probe = (low + high + 1) // 2
    if best is free:
        found, sure = _with_floor(p, floor, clock)
        best, proven = (found or free), proven and sure
    status = best.status if proven and free.status != UNPROVEN else UNPROVEN
    bound = floor if proven else above
    return replace(best, floor=floor, floor_bound=bound, status=status)


def _as_full(p: Problem, found: Solution, goal: Worth) -> bool:
    have = worth(p, found.taken)
    return (have.nobody, have.unfilled) == (goal.nobody, goal.unfilled)


def _with_floor(p: Problem, floor: float, clock: Clock) -> tuple[Solution | None, bool]:
    """The best plan with no pair under a floor, in the places of `p`; whether it is proven."""
    if clock.out():
        return None, False
    keep = p.floor_kept(floor)
    found = mixed.solve(p.only(keep), clock)
    taken = np.flatnonzero(keep)[found.taken]
    return replace(found, taken=taken), found.status != UNPROVEN


def _renamed(p: Problem, floor: float, found: Solution, floor_bound: float) -> Solution:
    taken = np.flatnonzero(p.floor_kept(floor))[found.taken]
    return replace(found, taken=taken, floor=floor, floor_bound=floor_bound)


def with_need_floor(p: Problem, clock: Clock) -> Solution:
    """The best floor found on each need's mean score, then the best total above it.

    `floor_bound` is the linear bound: no plan that fills every seat has a higher floor; it is
    None when seats stay empty, for then it would be no bound.
    """
    free = mixed.solve(p, clock)
    goal = worth(p, free.taken)
    ceiling = _ceiling(p, free.taken, clock)
    best, floor, refused = free, worst_mean(p, free.taken), ceiling
    steps = 0
    while refused - floor > CLOSE * max(ceiling, 1e-9) and not clock.out():
        # First just under the linear bound, where the answer mostly lies, then halve.
        wanted = floor + (refused - floor) * (SHARES[steps] if steps < len(SHARES) else 0.5)
        steps += 1
        found = _above(p, wanted, goal, clock)
        if found is None:
            refused = wanted
        else:
            best, floor = found, worst_mean(p, found.taken)
        if steps >= len(SHARES) + STEPS:
            break
    bound = ceiling if goal.unfilled == 0 else None
    status = UNPROVEN if UNPROVEN in (free.status, best.status) else best.status
    return replace(best, floor=floor, floor_bound=bound, status=status)


def _above(p: Problem, floor: float, goal: Worth, clock: Clock) -> Solution | None:
    """The best plan that fills as much as the goal with every need's mean at a floor, or None."""
    top = max(1.0, float(p.score.max(initial=0.0)))
    prices = mixed.Prices(seat=10 * top, nobody=10 * top)
    model = mixed.build(p, prices, floor=floor, nobody_at_most=goal.nobody)
    try:
        found = mixed.optimum(p, model, clock, nodes=NODES)
    except (TimeOut, ValueError):
        return None
    have = worth(p, found.taken)
    if (have.nobody, have.unfilled) != (goal.nobody, goal.unfilled):
        return None
    return mixed.with_bound(p, found, prices, have)


def _ceiling(p: Problem, taken: Ints, clock: Clock) -> float:
    """The linear bound of the worst mean, each need filled as in a plan that fills the most."""
    pairs, needs = p.need.size, p.demand.size
    filled = np.bincount(p.need[taken], minlength=needs).astype(float)
    model = mixed.build(p, mixed.Prices(seat=0, nobody=0))
    every = sparse.csr_array((np.ones(pairs), (p.need, np.arange(pairs))), (needs, pairs))
    worst = sparse.csr_array(filled[:, None])
    scores = sparse.csr_array((p.score, (p.need, np.arange(pairs))), (needs, pairs))
    upper = model.matrix[needs:, :pairs]
    matrix = sparse.vstack(
        [
            sparse.hstack([every, sparse.csr_array((needs, 1))]),
            sparse.hstack([upper, sparse.csr_array((upper.shape[0], 1))]),
            sparse.hstack([-scores, worst]),
        ],
        format="csr",
    )
    best = float(p.score.max(initial=0.0))
    try:
        found = linear(
            np.append(np.zeros(pairs), -1.0),
            matrix,
            np.concatenate([filled, model.low[needs:], np.full(needs, -np.inf)]),
            np.concatenate([filled, model.high[needs:], np.zeros(needs)]),
            np.append(np.ones(pairs), best),
            clock.left(),
        )
    except TimeOut:
        return best
    return -found.value


def worst_mean(p: Problem, taken: Ints) -> float:
    """The lowest mean score of the people sent to a need, 0 when nobody is sent anywhere."""
    count = np.bincount(p.need[taken], minlength=p.demand.size)
    total = np.bincount(p.need[taken], p.score[taken], minlength=p.demand.size)
    some = count > 0
    return float((total[some] / count[some]).min()) if some.any() else 0.0
