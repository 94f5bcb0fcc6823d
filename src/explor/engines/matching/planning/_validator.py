"""Check of a plan against the needs, the experts, the pins and the bans, without any solver.

To be independent, this module imports only the records of the matching engine: neither its rules
nor its computation of dates nor its solvers. It consists of plain loops.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from explor.engines.matching.records import (
    LEVELS,
    Expert,
    Language,
    Need,
    Placement,
    Plan,
    Scheme,
    Settings,
)

Pair = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class _Case:
    plan: Plan
    needs: dict[str, Need]
    experts: dict[str, Expert]
    settings: Settings
    pins: Collection[Pair]
    bans: Collection[Pair]


def faults_of(
    plan: Plan,
    needs: Sequence[Need],
    experts: Sequence[Expert],
    settings: Settings,
    pins: Iterable[Pair] = (),
    bans: Iterable[Pair] = (),
) -> list[str]:
    """Return every fault of a plan, as English sentences; empty for a valid plan.

    `pins` (imposed) and `bans` (excluded) are pairs of ids (need, expert). For a plan with unknown
    needs or experts, only these faults are returned.
    """
    case = _Case(
        plan=plan,
        needs={n.id: n for n in needs},
        experts={e.id: e for e in experts},
        settings=settings,
        pins=set(pins),
        bans=set(bans),
    )
    unknown = [
        f"{a.need}/{a.expert}: unknown need or expert"
        for a in _everybody(plan)
        if a.need not in case.needs or a.expert not in case.experts
    ]
    if unknown:
        return unknown
    return [fault for check in CHECKS for fault in check(case)]


def _everybody(plan: Plan) -> list[Placement]:
    return [*plan.assignments, *(p for r in plan.reserves for p in r.places)]


def _pairs(case: _Case) -> list[str]:
    """Return English sentences on the rules broken by experts placed on a need or in reserve."""
    faults = []
    for a in _everybody(case.plan):
        need, expert = case.needs[a.need], case.experts[a.expert]
        label = f"{a.need}/{a.expert}"
        pinned = (a.need, a.expert) in case.pins
        faults += [f"{label}: {text}" for text in _dates(need, expert, a)]
        if need.country in case.settings.closed_countries:
            faults.append(f"{label}: closed country")
        if {need.id, need.association} & set(expert.conflicts):
            faults.append(f"{label}: conflict of interest")
        shared = {expert.network, *expert.shared_with}
        if need.network and need.network not in shared and not case.settings.shared_reserve:
            faults.append(f"{label}: no consent for the network")
        if (a.need, a.expert) in case.bans:
            faults.append(f"{label}: banned")
        if not pinned and not all(_speaks(expert, spoken) for spoken in need.languages):
            faults.append(f"{label}: language")
        schemes = need.schemes.get(expert.id, expert.schemes)
        if not pinned and not _allows_start(schemes, a.start, case.settings.today):
            faults.append(f"{label}: no leave scheme for this start")
    return faults


def _dates(need: Need, expert: Expert, a: Placement) -> list[str]:
    faults = []
    if (a.end - a.start).days + 1 != need.days:
        faults.append("wrong length")
    if a.start < need.window.start or a.end > need.window.end:
        faults.append("outside the window")
    free = {
        period.start + timedelta(days=k)
        for period in expert.availability
        for k in range((period.end - period.start).days + 1)
    }
    run = {a.start + timedelta(days=k) for k in range((a.end - a.start).days + 1)}
    if not run <= free:
        faults.append("outside the availability")
    return faults


def _speaks(expert: Expert, spoken: Language) -> bool:
    return any(
        s.code == spoken.code and LEVELS.index(s.level) >= LEVELS.index(spoken.level)
        for s in expert.languages
    )


def _allows_start(schemes: Sequence[Scheme], start: date, today: date) -> bool:
    return not schemes or any(
        f.verdict != "closed" and (f.file_by is None or today <= f.file_by < start) for f in schemes
    )


def _seats(case: _Case) -> list[str]:
    faults = []
    filled = Counter(a.need for a in case.plan.assignments)
    declared = {u.need: u.missing for u in case.plan.unfilled}
    for need in case.needs.values():
        empty = need.seats - filled[need.id]
        if empty < 0:
            faults.append(f"{need.id}: more people than seats")
        if declared.get(need.id, 0) != max(0, empty):
            faults.append(f"{need.id}: empty seats not listed")
    doubled = Counter((a.need, a.expert) for a in case.plan.assignments)
    faults += [f"{n}/{e}: twice" for (n, e), count in doubled.items() if count > 1]
    return faults


def _people(case: _Case) -> list[str]:
    """Return English sentences on the faults in the missions of each expert of a plan.

    The faults are: too many missions or reserves, missions that overlap, reserves on days of a
    mission.
    """
    faults = []
    for expert in case.experts.values():
        mine = sorted(
            (a for a in case.plan.assignments if a.expert == expert.id), key=lambda a: a.start
        )
        if len(mine) > expert.load:
            faults.append(f"{expert.id}: beyond the load")
        faults += [
            f"{expert.id}: {a.need} and {b.need} overlap"
            for a, b in pairwise(mine)
            if b.start <= a.end
        ]
        waiting = [p for r in case.plan.reserves for p in r.places if p.expert == expert.id]
        if len(waiting) > case.settings.reserve_load:
            faults.append(f"{expert.id}: too many reserves")
        for place in waiting:
            if any(a.need == place.need for a in mine):
                faults.append(f"{expert.id}: main and reserve of {place.need}")
            if any(a.start <= place.end and place.start <= a.end for a in mine):
                faults.append(f"{expert.id}: reserve of {place.need} on busy days")
    return faults


def _teams(case: _Case) -> list[str]:
    faults = []
    for need in case.needs.values():
        team = [a.expert for a in case.plan.assignments if a.need == need.id]
        employers = Counter(case.experts[e].employer for e in team)
        if case.settings.one_per_employer:
            faults += [
                f"{need.id}: two people of {employer}"
                for employer, count in employers.items()
                if employer and count > 1
            ]
        chosen = [e for e in team if (need.id, e) not in case.pins]
        for spoken in need.team_languages:
            if chosen and not any(_speaks(case.experts[e], spoken) for e in team):
                faults.append(f"{need.id}: nobody in the team speaks {spoken.code}")
    return faults


def _choices(case: _Case) -> list[str]:
    have = {(a.need, a.expert) for a in case.plan.assignments}
    return [f"{n}/{e}: pin not kept" for n, e in sorted(set(case.pins) - have)]


def _figures(case: _Case) -> list[str]:
    plan = case.plan
    free = [a.score for a in plan.assignments if (a.need, a.expert) not in case.pins]
    faults = []
    if abs(sum(free) - plan.objective) > 1e-3:
        faults.append("objective is not the sum of the scores")
    if plan.bound < plan.objective - 1e-6:
        faults.append("bound under the objective")
    floor = plan.fairness.get("floor")
    if isinstance(floor, float) and plan.fairness.get("mode") == "pair" and free:
        faults += ["a score under the floor"] if min(free) < floor - 1e-9 else []
    return faults


CHECKS: tuple[Callable[[_Case], list[str]], ...] = (
    _pairs,
    _seats,
    _people,
    _teams,
    _choices,
    _figures,
)
