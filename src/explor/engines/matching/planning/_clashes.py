"""Clashes: missions of one expert for which no dates without overlap exist."""

import numpy as np

from explor.engines.matching.records import Ints

from ._preparation import PlanningProblem
from ._schedule import Stay, schedule, smallest_clash


def clashes_of(prepared: PlanningProblem, taken: Ints) -> list[Ints]:
    """Return, for each expert whose missions clash, the smallest set of missions that clash.

    `taken` and each set, an array, are positions of (need, expert) pairs in `prepared.problem`.
    Missions clash if no dates exist at which they do not overlap. If any one pair of a set is
    removed, the others no longer clash.
    """
    clashes = []
    for _, pairs, fixed in by_expert(prepared, taken):
        stays = [*(prepared.stays.of(k) for k in pairs), *fixed]
        if len(stays) > 1 and schedule(stays) is None:
            clash = [pairs[m] for m in smallest_clash(stays) if m < len(pairs)]
            clashes.append(np.array(clash, dtype=np.int64))
    return clashes


def by_expert(prepared: PlanningProblem, taken: Ints) -> list[tuple[int, list[int], list[Stay]]]:
    """Return (expert, pairs taken, stays of imposed missions) for each expert with a mission.

    Experts and pairs (need, expert) are given by position; missions that an officer imposed (pins)
    are not among the pairs.
    """
    mine: dict[int, list[int]] = {}
    for k in taken.tolist():
        mine.setdefault(int(prepared.problem.expert[k]), []).append(k)
    fixed: dict[int, list[Stay]] = {}
    for (_, j), (_, stay) in prepared.pinned.items():
        fixed.setdefault(j, []).append(stay)
    return [(j, mine.get(j, []), fixed.get(j, [])) for j in sorted({*mine, *fixed})]
