"""Clashes: missions of one person that cannot all have dates without overlap."""

import numpy as np

from explor.engines.matching.records import Ints

from ._preparation import PlanningProblem
from ._schedule import Stay, schedule, smallest_clash


def clashes_of(prepared: PlanningProblem, taken: Ints) -> list[Ints]:
    """Return the clashes among the pairs taken: at most one array of pairs per expert.

    Pairs are given by position in `prepared.problem`. Without any one pair of an array, the others
    could have dates.
    """
    clashes = []
    for _, pairs, fixed in by_expert(prepared, taken):
        stays = [*(prepared.stays.of(k) for k in pairs), *fixed]
        if len(stays) > 1 and schedule(stays) is None:
            clash = [pairs[m] for m in smallest_clash(stays) if m < len(pairs)]
            clashes.append(np.array(clash, dtype=np.int64))
    return clashes


def by_expert(prepared: PlanningProblem, taken: Ints) -> list[tuple[int, list[int], list[Stay]]]:
    """Return (expert, pairs taken, stays of the expert's pins) for each expert with a mission.

    Experts and pairs are given by position.
    """
    mine: dict[int, list[int]] = {}
    for k in taken.tolist():
        mine.setdefault(int(prepared.problem.expert[k]), []).append(k)
    fixed: dict[int, list[Stay]] = {}
    for (_, j), (_, stay) in prepared.pinned.items():
        fixed.setdefault(j, []).append(stay)
    return [(j, mine.get(j, []), fixed.get(j, [])) for j in sorted({*mine, *fixed})]
