"""Assignment by Explor and by common solvers: each takes an instance and returns pairs.

For solvers that only pair one to one, people with two missions and needs with several seats are
copied. Solvers that ignore dates are not corrected: their double bookings are counted.
"""

from collections.abc import Callable

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array, hstack
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from explor.engines.matching import assign
from explor.engines.matching.records import Ints

from .instances import Instance

Pairs = list[tuple[int, int]]
SCALE = 10_000
EMPTY = 10.0  # what an empty seat costs in the other solvers, in units of score
LARGEST = 2.5e9  # bytes of a dense matrix; a larger one is not tried


class TooLarge(Exception):
    """Raised when a solver would need more memory than the benchmark allows."""


def explor(case: Instance) -> tuple[Pairs, str]:
    assignment = assign(case.matrix(), case.demand, case.load, windows=case.windows, time_limit=600)
    return list(assignment.pairs), assignment.status


def ortools_flow(case: Instance) -> tuple[Pairs, str]:
    """Solve with one node per need and per person; every empty seat has the same price."""
    from ortools.graph.python import min_cost_flow

    needs, people = case.demand.size, case.load.size
    sink = needs + people
    graph = min_cost_flow.SimpleMinCostFlow()
    add = graph.add_arcs_with_capacity_and_unit_cost
    cost = -np.rint(case.score * SCALE).astype(np.int64)
    arcs = add(case.need, needs + case.expert, np.ones_like(case.need), cost)
    nobody = np.zeros(people, dtype=np.int64)
    add(needs + np.arange(people), np.full(people, sink), case.load, nobody)
    dear = np.full(needs, int(EMPTY * SCALE))
    add(np.arange(needs), np.full(needs, sink), case.demand, dear)
    supply = np.append(case.demand, -case.demand.sum())
    graph.set_nodes_supplies(np.append(np.arange(needs), sink), supply)
    status = graph.solve()
    taken = np.flatnonzero(graph.flows(arcs)) if status == graph.OPTIMAL else arcs[:0]
    return _pairs(case.need[taken], case.expert[taken]), graph.Status(status).name.lower()


def _copies(case: Instance) -> tuple[Ints, Ints, Ints]:
    """Return, for every copy of a pair, its seat of the need, its place of the person, the pair."""
    seat_of, place_of = np.cumsum(case.demand) - case.demand, np.cumsum(case.load) - case.load
    times = case.demand[case.need] * case.load[case.expert]
    pair = np.repeat(np.arange(times.size), times)
    turn = np.arange(pair.size) - np.repeat(np.cumsum(times) - times, times)
    seats = seat_of[case.need[pair]] + turn // case.load[case.expert[pair]]
    places = place_of[case.expert[pair]] + turn % case.load[case.expert[pair]]
    return seats, places, pair


def ortools_assignment(case: Instance) -> tuple[Pairs, str]:
    """Solve a square problem: every seat may stay empty, and every place of a person unused."""
    from ortools.graph.python import linear_sum_assignment as lsa

    seats, places, pair = _copies(case)
    rows, columns = int(case.demand.sum()), int(case.load.sum())
    solver = lsa.SimpleLinearSumAssignment()
    add = solver.add_arcs_with_cost
    add(seats, places, -np.rint(case.score[pair] * SCALE).astype(np.int64))
    every, idle = np.arange(rows), np.arange(columns)
    add(every, columns + every, np.full(rows, int(EMPTY * SCALE)))
    add(rows + idle, idle, np.zeros(columns, dtype=np.int64))
    add(rows + places, columns + seats, np.zeros(seats.size, dtype=np.int64))
    status = solver.solve()
    if status != solver.OPTIMAL:
        return [], str(status)
    mates = np.array([solver.right_mate(k) for k in range(rows)])
    return _owners(case, np.flatnonzero(mates < columns), mates[mates < columns]), "optimal"


def scipy_assignment(case: Instance) -> tuple[Pairs, str]:
    """Solve by the Hungarian method on a dense matrix of copies."""
    rows, columns = int(case.demand.sum()), int(case.load.sum())
    if rows * columns * 8 > LARGEST:
        raise TooLarge(f"{rows * columns * 8 / 1e9:.0f} GB dense")
    seats, places, pair = _copies(case)
    dense = np.zeros((rows, columns))
    dense[seats, places] = case.score[pair] + EMPTY
    seat, place = linear_sum_assignment(dense, maximize=True)
    kept = dense[seat, place] > 0
    return _owners(case, seat[kept], place[kept]), "optimal"


def scipy_sparse(case: Instance) -> tuple[Pairs, str]:
    """Solve by full bipartite matching on copies, where every seat may stay empty."""
    seats, places, pair = _copies(case)
    rows, columns = int(case.demand.sum()), int(case.load.sum())
    cost = csr_array((2.0 - case.score[pair], (seats, places)), shape=(rows, columns))
    empty = csr_array((np.full(rows, EMPTY), (np.arange(rows), np.arange(rows))))
    seat, place = min_weight_full_bipartite_matching(hstack([cost, empty], format="csr"))
    kept = place < columns
    return _owners(case, seat[kept].astype(np.int64), place[kept].astype(np.int64)), "optimal"


def greedy(case: Instance) -> tuple[Pairs, str]:
    """Repeatedly take the best pair left that respects the dates, as a person would by hand."""
    seats, left = case.demand.tolist(), case.load.tolist()
    needs, people = case.need.tolist(), case.expert.tolist()
    busy: dict[int, list[tuple[int, int]]] = {}
    windows = None if case.windows is None else [tuple(w) for w in case.windows.tolist()]
    taken = []
    for k in np.argsort(-case.score, kind="stable").tolist():
        i, j = needs[k], people[k]
        if not seats[i] or not left[j]:
            continue
        if windows is not None:
            first, last = windows[i]
            if any(first <= b and a <= last for a, b in busy.get(j, ())):
                continue
            busy.setdefault(j, []).append((first, last))
        seats[i] -= 1
        left[j] -= 1
        taken.append((i, j))
    return taken, "no proof"


def stable(case: Instance) -> tuple[Pairs, str]:
    """Solve with the package `matching`, as hospitals and residents who rank by the same score."""
    from matching.games import HospitalResident

    order = np.argsort(-case.score, kind="stable").tolist()
    need, expert = case.need.tolist(), case.expert.tolist()
    places: dict[str, list[str]] = {}
    hospitals: dict[str, list[str]] = {}
    for k in order:
        for copy in range(case.load[expert[k]]):
            name = f"{expert[k]}.{copy}"
            places.setdefault(name, []).append(str(need[k]))
            hospitals.setdefault(str(need[k]), []).append(name)
    seats = {name: int(case.demand[int(name)]) for name in hospitals}
    game = HospitalResident.create_from_dictionaries(places, hospitals, seats)
    matches = game.solve(optimal="resident")
    taken = [
        (int(hospital.name), int(resident.name.split(".")[0]))
        for hospital, residents in matches.items()
        for resident in residents
    ]
    return taken, "stable"


def _owners(case: Instance, seats: Ints, places: Ints) -> Pairs:
    whose_seat = np.repeat(np.arange(case.demand.size), case.demand)
    whose_place = np.repeat(np.arange(case.load.size), case.load)
    return _pairs(whose_seat[seats], whose_place[places])


def _pairs(needs: Ints, people: Ints) -> Pairs:
    return list(zip(needs.tolist(), people.tolist(), strict=True))


PEERS: dict[str, Callable[[Instance], tuple[Pairs, str]]] = {
    "explor": explor,
    "ortools flow": ortools_flow,
    "ortools assignment": ortools_assignment,
    "scipy assignment": scipy_assignment,
    "scipy sparse matching": scipy_sparse,
    "greedy": greedy,
    "matching (stable)": stable,
}
