"""Missions of one person that cannot have dates one after the other."""

import numpy as np

from explor.engines.matching.records import Ints

from ._preparation import PlanningProblem
from ._schedule import Stay, schedule, smallest_clash


def clashes_of(prepared: PlanningProblem, taken: Ints) -> list[Ints]:
    """Return the sets of pairs taken whose missions one person cannot do one after the other."""
    clashes = []
    for _, pairs, fixed in by_expert(prepared, taken):
        stays = [*(prepared.stays.of(k) for k in pairs), *fixed]
        if len(stays) > 1 and schedule(stays) is None:
            clash = [pairs[m] for m in smallest_clash(stays) if m < len(pairs)]
            clashes.append(np.array(clash, dtype=np.int64))
    return clashes


def by_expert(prepared: PlanningProblem, taken: Ints) -> list[tuple[int, list[int], list[Stay]]]:
    """Return, for each expert with missions, the pairs taken and the stays of their pins."""
    mine: dict[int, list[int]] = {}
    for k in taken.tolist():
        mine.setdefault(int(prepared.problem.expert[k]), []).append(k)
    fixed: dict[int, list[Stay]] = {}
    for (_, j), (_, stay) in prepared.pinned.items():
        fixed.setdefault(j, []).append(stay)
    return [(j, mine.get(j, []), fixed.get(j, [])) for j in sorted({*mine, *fixed})]
