"""Exact assignment by minimum-cost flow (OR-Tools), for problems without rows or covers.

The flow goes need -> (team) -> expert -> sink; the supply of a need is its seats. An empty seat has
a cost; the last empty seat of a need costs more, so that an unserved need is worse than empty seats
of served needs. See `Problem` for rows and covers. Costs are integers, and each criterion costs
more than all the following ones together, so that their order is strict.
"""

from collections.abc import Callable

import numpy as np

from explor.engines.matching.records import Bools, Floats, Ints

from ._problem import Problem, Solution, plan_score

INT64 = 4e18  # the solver multiplies costs by the number of nodes
FINEST = 9  # maximum decimals of a score, if the sizes allow


class Network:
    """The nodes and arcs of a flow from needs to experts, as arrays of node numbers.

    Both flows of a problem use it: the minimum-cost flow (`solve`) and the maximum flow
    (`seats_fillable`).
    """

    def __init__(self, p: Problem) -> None:
        needs, experts = p.demand.size, p.load.size
        teams = int(p.team.max(initial=-1)) + 1
        self.sink = needs + teams + experts
        self.expert_node = needs + teams
        in_team = p.team >= 0
        self.pair_tail = np.where(in_team, needs + p.team, p.need)
        self.pair_head = self.expert_node + p.expert
        self.team_head, at = np.unique(p.team[in_team], return_index=True)
        self.team_tail = p.need[in_team][at]
        self.team_head = self.team_head + needs
        self.experts = self.expert_node + np.arange(experts)


def scale_of(p: Problem) -> tuple[int, int, int, int]:
    """Return the integers (scale, unit, seat, nobody) from which the costs of the flow are made.

    A pair taken costs minus its score times `scale` and `unit` (minus 1 more for a pair of the
    previous plan), an empty seat costs `seat`, and an unserved need costs `nobody` more. `scale` is
    the power of ten that the decimals of the scores need, or the largest one whose costs fit in the
    integers of the solver. Raises OverflowError when none fits.
    """
    seats = int(p.demand.sum())
    unit = seats + 1 if p.kept.any() else 1  # strictly more than all kept pairs together
    top = max(1.0, float(np.abs(p.score).max(initial=0.0)))
    nodes = p.demand.size + p.load.size + int(p.team.max(initial=-1)) + 3
    several = bool((p.demand > 1).any())
    fitting = None
    for digits in range(FINEST + 1):
        best = (round(top * 10**digits) + 1) * unit
        seat = 2 * (seats + 1) * best
        nobody = seat * (seats + 1) if several else 0
        if float(seat + nobody) * nodes >= INT64:
            break
        fitting = 10**digits, unit, seat, nobody
        if is_exact(p, 10**digits):
            break
    if fitting is None:
        raise OverflowError("too many seats for an exact flow")
    return fitting


def is_exact(p: Problem, scale: int) -> bool:
    """Return whether every score times `scale` is an integer, so that no decimal is lost."""
    return bool(np.abs(np.rint(p.score * scale) / scale - p.score).max(initial=0.0) < 1e-12)


def solve(p: Problem) -> Solution:
    """Return the proven best solution of a problem, ignoring its rows and covers (see `Problem`).

    Scores are rounded to the multiples of 1 / scale (see `scale_of`). Raises RuntimeError when the
    solver fails, OverflowError when there are too many seats.
    """
    from ortools.graph.python import min_cost_flow

    scale, unit, seat, nobody = scale_of(p)
    net = Network(p)
    scaled = np.rint(p.score * scale).astype(np.int64)
    graph = min_cost_flow.SimpleMinCostFlow()
    ones = np.ones(p.need.size, dtype=np.int64)
    cost = -(scaled * unit + p.kept)
    pairs = graph.add_arcs_with_capacity_and_unit_cost(net.pair_tail, net.pair_head, ones, cost)
    _side_arcs(graph.add_arcs_with_capacity_and_unit_cost, p, net, seat, nobody)
    supply = np.append(p.demand, -p.demand.sum())
    graph.set_nodes_supplies(np.append(np.arange(p.demand.size), net.sink), supply)
    status = graph.solve()
    if status != graph.OPTIMAL:
        raise RuntimeError(f"minimum-cost flow ended with status {status}")
    taken = np.flatnonzero(graph.flows(pairs) > 0)
    slack = 0.0 if is_exact(p, scale) else taken.size / scale
    return Solution(taken=taken, bound=plan_score(p, taken).total + slack)


AddArcs = Callable[[Ints, Ints, Ints, Ints], Ints]


def _side_arcs(add: AddArcs, p: Problem, net: Network, seat: int, nobody: int) -> None:
    needs = np.arange(p.demand.size)
    teams = np.ones(net.team_head.size, dtype=np.int64)
    add(net.team_tail, net.team_head, teams, np.zeros_like(teams))
    add(net.experts, np.full(p.load.size, net.sink), p.load, np.zeros_like(p.load))
    # A need that already has a pinned person is not unserved if its last seat is empty.
    last = (~p.covered & (p.demand > 0)).astype(np.int64)
    sink = np.full(needs.size, net.sink)
    add(needs, sink, p.demand - last, np.full(needs.size, seat))
    add(needs, sink, last, np.full(needs.size, seat + nobody))


def seats_fillable(p: Problem, keep: Bools, demand: Ints) -> int:
    """Return the maximum number of the seats `demand` (per need) that the pairs of a mask can fill.

    Raises RuntimeError when the solver fails.
    """
    from ortools.graph.python import max_flow

    net = Network(p)
    source = net.sink + 1
    graph = max_flow.SimpleMaxFlow()
    ones = np.ones(int(keep.sum()), dtype=np.int64)
    graph.add_arcs_with_capacity(net.pair_tail[keep], net.pair_head[keep], ones)
    teams = np.ones(net.team_head.size, dtype=np.int64)
    graph.add_arcs_with_capacity(net.team_tail, net.team_head, teams)
    graph.add_arcs_with_capacity(net.experts, np.full(p.load.size, net.sink), p.load)
    needs = np.arange(demand.size)
    graph.add_arcs_with_capacity(np.full(demand.size, source), needs, demand)
    status = graph.solve(source, net.sink)
    if status != graph.OPTIMAL:
        raise RuntimeError(f"maximum flow ended with status {status}")
    return int(graph.optimal_flow())


def pair_floor(p: Problem) -> float:
    """Return the highest score such that pairs below this score can be excluded without loss.

    The remaining pairs must serve as many needs, and fill as many seats, as all pairs together;
    both are checked separately. The result is 0 without pairs. Rows and covers are ignored. This is
    correct because sets of seats that can be filled together form a matroid: a plan with the fewest
    empty needs can always be completed to one with the most seats filled.
    """
    first = np.minimum(p.demand, 1) * ~p.covered
    everything = np.ones(p.need.size, dtype=np.bool_)
    filled = seats_fillable(p, everything, p.demand)
    served = seats_fillable(p, everything, first)
    marks: Floats = np.unique(p.score)
    low, high = 0, marks.size - 1
    while low < high:
        middle = (low + high + 1) // 2
        keep = p.floor_kept(float(marks[middle]))
        same_filled = seats_fillable(p, keep, p.demand) == filled
        if same_filled and seats_fillable(p, keep, first) == served:
            low = middle
        else:
            high = middle - 1
    return float(marks[low]) if marks.size else 0.0
