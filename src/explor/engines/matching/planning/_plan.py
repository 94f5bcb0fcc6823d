"""The plan of a season: pairs, proof, reserves with dates, empty seats, profiles to recruit."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from explor.engines.matching.records import (
    NEVER,
    Expert,
    Ints,
    Need,
    Placement,
    Plan,
    Progress,
    Reserve,
    Settings,
    day,
)

from . import _flow as flow
from . import _report as report
from ._assignment import relative_gap, solve
from ._clashes import by_expert, clashes_of
from ._preparation import Pair, PlanningProblem, prepare
from ._problem import UNPROVEN, Clock, Rows, Solution, plan_score, problem
from ._recruitment import wanted
from ._schedule import schedule


def plan(
    needs: Sequence[Need],
    experts: Sequence[Expert],
    settings: Settings,
    pins: Iterable[Pair] = (),
    bans: Iterable[Pair] = (),
    *,
    previous: Plan | Iterable[Pair] = (),
    progress: Progress | None = None,
) -> Plan:
    """Return the best plan of a season (all the needs and experts of a call for projects).

    `pins` (imposed), `bans` (excluded) and `previous` are pairs of ids (need, expert). The best
    plan has, in strict order of importance, the fewest unserved needs, the most seats filled, the
    highest fairness floor, the highest total score, the most pairs of `previous`. `progress` is
    called with the fraction done, from 0 to 1, and a French sentence; it stops the work if it
    raises Cancelled. Raises PinError when pins cannot all be kept, ValueError for equal ids.
    """
    overall = Clock(settings.time_limit)
    step: Progress = progress or (lambda share, text: None)
    earlier = _ids(previous)
    prepared = prepare(needs, experts, settings, pins, bans, earlier, step)
    step(0.5, "Recherche du meilleur plan")
    clock = Clock(settings.time_limit)
    prepared, solution = scheduled(prepared, clock)
    step(0.8, "Réserves et profils à rechercher")
    described = _described(prepared, solution, clock)
    result = replace(
        described,
        kept=len(set(earlier) & {(a.need, a.expert) for a in described.assignments}),
        digest=digest(needs, experts, settings),
        seconds=round(overall.spent(), 3),
    )
    step(1.0, "Terminé")
    return result


def _described(prepared: PlanningProblem, solution: Solution, clock: Clock) -> Plan:
    """Convert a solution to a plan, with its reserves, empty seats and profiles to recruit."""
    placed = placements(prepared, solution.taken)
    have = plan_score(prepared.problem, solution.taken)
    bound = max(solution.bound, have.total)
    return Plan(
        status=solution.status,
        objective=round(have.total, 4),
        bound=round(bound, 6),
        gap=relative_gap(have.total, bound),
        seed=prepared.pool.settings.seed,
        assignments=placed,
        reserves=_reserves(prepared, solution.taken, placed),
        unfilled=report.unfilled(prepared, solution.taken),
        wanted=wanted(prepared, solution, prepared.pool.settings, clock),
        fairness=report.fairness(prepared, solution, placed),
    )


def _ids(previous: Plan | Iterable[Pair]) -> list[Pair]:
    if isinstance(previous, Plan):
        return [(a.need, a.expert) for a in previous.assignments]
    return list(previous)


def digest(needs: Sequence[Need], experts: Sequence[Expert], settings: Settings) -> str:
    """Return the SHA-256 of the input of a plan, in hexadecimal, whatever the order of records."""
    state = hashlib.sha256()
    for records in (sorted(needs, key=lambda n: n.id), sorted(experts, key=lambda e: e.id)):
        for record in records:
            state.update(repr(record).encode())
    state.update(repr(replace(settings, closed_countries=frozenset(), cache=None)).encode())
    state.update(repr(sorted(settings.closed_countries)).encode())
    return state.hexdigest()


def scheduled(prepared: PlanningProblem, clock: Clock) -> tuple[PlanningProblem, Solution]:
    """Solve the problem again until the missions of each person fit without overlap.

    Each set of missions that clash becomes a row (limit) of the problem. When the time is over,
    pairs are removed instead, and the status is unproven. Returns the problem and its solution.
    """
    solution = solve(prepared.problem, prepared.pool.settings.fairness, clock)
    while True:
        clashes = clashes_of(prepared, solution.taken)
        if not clashes:
            return prepared, solution
        rows = prepared.problem.rows.plus(Rows.sets(clashes))
        prepared = replace(prepared, problem=replace(prepared.problem, rows=rows))
        if clock.out():
            taken = _without(prepared, solution.taken, clashes)
            return prepared, replace(solution, taken=taken, status=UNPROVEN)
        solution = solve(prepared.problem, prepared.pool.settings.fairness, clock)


def _without(prepared: PlanningProblem, taken: Ints, clashes: list[Ints]) -> Ints:
    """Return the pairs taken, after removing pairs until no missions of a person overlap.

    The pair with the lowest score of each clash (missions that must overlap) is removed, as many
    times as necessary. Pairs are given by position.
    """
    while clashes:
        drop = [pairs[np.argmin(prepared.problem.score[pairs])] for pairs in clashes]
        taken = taken[~np.isin(taken, drop)]
        clashes = clashes_of(prepared, taken)
    return taken


def placements(prepared: PlanningProblem, taken: Ints) -> tuple[Placement, ...]:
    """Return the placements of a plan: taken and imposed pairs (need, expert), with dates.

    They are sorted by id of need, then of expert. Raises RuntimeError when missions overlap.
    """
    placed = []
    for j, pairs, fixed in by_expert(prepared, taken):
        pins = [(i, score) for (i, e), (score, _) in prepared.pinned.items() if e == j]
        starts = schedule([*(prepared.stays.of(k) for k in pairs), *fixed])
        if starts is None:
            raise RuntimeError("a plan holds missions that overlap")
        p = prepared.problem
        where = [(int(p.need[k]), float(p.score[k])) for k in pairs] + pins
        for (i, score), start in zip(where, starts, strict=True):
            placed.append(_placement(prepared, i, j, start, score))
    return tuple(sorted(placed, key=lambda a: (a.need, a.expert)))


def _placement(prepared: PlanningProblem, i: int, j: int, start: int, score: float) -> Placement:
    need = prepared.needs[i]
    first, last = day(start), day(start + need.days - 1)
    if first is None or last is None:
        raise RuntimeError("a mission without dates")
    expert = prepared.pool.experts[j].id
    return Placement(need=need.id, expert=expert, start=first, end=last, score=score)


def _busy(prepared: PlanningProblem, placed: Sequence[Placement]) -> tuple[Ints, Ints]:
    """Return the first days and the last days of the missions of each expert in the plan.

    Both are arrays of ordinals with one column per expert: the missions in order of date, padded
    with NEVER.
    """
    place = prepared.pool.place
    missions: dict[int, list[tuple[int, int]]] = {}
    for a in placed:
        days = a.start.toordinal(), a.end.toordinal()
        missions.setdefault(place[a.expert], []).append(days)
    most = max(map(len, missions.values()), default=0)
    busy = np.full((2, most, len(place)), NEVER, dtype=np.int64)
    for j, several in missions.items():
        busy[:, : len(several), j] = np.array(sorted(several)).T
    return busy[0], busy[1]


def _reserves(
    prepared: PlanningProblem, taken: Ints, placed: Sequence[Placement]
) -> tuple[Reserve, ...]:
    """Return the reserve experts of the needs that have any, sorted by id of the need.

    Reserve experts come from the (need, expert) pairs that the plan does not take, on dates when
    the expert is free in the plan.
    """
    p, settings = prepared.problem, prepared.pool.settings
    used = np.bincount(p.expert[taken], minlength=p.load.size)
    free = np.where(p.load - used > 0, settings.reserve_load, 0)
    first, last = _busy(prepared, placed)
    starts = prepared.stays.free_start(first[:, p.expert], last[:, p.expert])
    names = [expert.id for expert in prepared.pool.experts]
    keep = (starts < NEVER) & (free[p.expert] > 0)
    keep[taken] = False
    places = np.flatnonzero(keep)
    wanted_each = np.full(p.demand.size, settings.reserves)
    rest = problem(p.need[keep], p.expert[keep], p.score[keep], wanted_each, free)
    chosen = places[flow.solve(rest).taken] if places.size else places
    of: dict[int, list[int]] = {}
    for k in chosen.tolist():
        of.setdefault(int(p.need[k]), []).append(k)
    reserves = []
    for i, need in enumerate(prepared.needs):
        ks = sorted(of.get(i, []), key=lambda k: (-p.score[k], names[p.expert[k]]))
        if ks:
            placed_reserves = tuple(
                _placement(prepared, i, int(p.expert[k]), int(starts[k]), float(p.score[k]))
                for k in ks
            )
            reserves.append(
                Reserve(
                    need=need.id,
                    experts=tuple(f.expert for f in placed_reserves),
                    places=placed_reserves,
                )
            )
    return tuple(sorted(reserves, key=lambda r: r.need))
