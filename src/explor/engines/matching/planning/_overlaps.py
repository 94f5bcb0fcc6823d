"""Rows (limits on pairs) that prevent a person from being in two missions on the same day.

The core of a mission with variable dates is the days that it certainly occupies: from its latest
possible first day to its earliest possible last day. The core may be empty. Two missions can follow
each other unless the earliest last day of each is on or after the latest first day of the other;
when both have a core, this means that the cores overlap.
"""

from collections.abc import Iterator

import numpy as np

from explor.engines.matching.records import Bools, Ints

from ._problem import Problem, Rows

LOT = 2_000_000  # number of pairs of missions compared at once, to limit memory


def overlap_rows(p: Problem, latest: Ints, earliest_end: Ints) -> Rows:
    """Return rows (limits) by which a plan takes at most one of several overlapping missions.

    The missions are those of one expert. For each (need, expert) pair, `latest` is the latest first
    day of the mission and `earliest_end` its earliest last day, as ordinals. With fixed dates the
    rows are exact. With a choice of dates they are exact for two missions; `schedule` checks three
    or more.
    """
    pairs = np.flatnonzero(p.load[p.expert] > 1)
    order = pairs[np.lexsort((latest[pairs], p.expert[pairs]))]
    core = latest[order] <= earliest_end[order]
    held = order[core]
    cliques = _cliques(p.expert[held], latest[held], earliest_end[held])
    shut = _shut(p.expert[order], latest[order], earliest_end[order], core)
    return cliques.placed(held).plus(shut.placed(order))


def _before(group: Ints) -> Iterator[tuple[int, int, Ints, Ints]]:
    """Yield, in batches, all couples of positions with equal entries in `group`.

    `group` is sorted. A batch (a, b, k, o) holds the couples (k[n], o[n]) as two arrays, with o <=
    k, and each position is also coupled with itself; k covers the positions from a to b - 1.
    """
    first = np.searchsorted(group, group)
    count = np.arange(group.size) - first + 1
    lot = np.cumsum(count) // LOT
    for a, b in zip(*_ends(lot), strict=True):
        k = np.repeat(np.arange(a, b), count[a:b])
        within = np.arange(k.size) - np.repeat(np.cumsum(count[a:b]) - count[a:b], count[a:b])
        yield a, b, k, first[k] + within


def _ends(sorted_marks: Ints) -> tuple[list[int], list[int]]:
    """Return where the runs of equal values of a sorted array begin, and end (excluded)."""
    cuts = (np.flatnonzero(np.diff(sorted_marks)) + 1).tolist()
    size = sorted_marks.size
    return ([0, *cuts], [*cuts, size]) if size else ([], [])


def _cliques(group: Ints, starts: Ints, ends: Ints) -> Rows:
    """Return rows (limits) by which an expert takes at most one of the missions that share a day.

    The core of a mission is the days that it certainly occupies, from `starts` to `ends`. `group`
    is the expert of each mission; missions are sorted by expert, then by start. There is one row
    for each maximal set of cores that share a day. Cores that share a day share the first day of
    one of them; the set is not maximal if another core begins before any of them has ended.
    """
    last = np.append(group[1:] != group[:-1], True)[: group.size]
    following = np.append(starts[1:], 0)[: group.size]
    rows = Rows()
    for a, b, k, o in _before(group):
        together = ends[o] >= starts[k]
        begin = np.searchsorted(k, np.arange(a, b))
        first_end = np.minimum.reduceat(np.where(together, ends[o], np.iinfo(np.int64).max), begin)
        several = np.add.reduceat(together.astype(np.int64), begin) > 1
        maximal = several & (last[a:b] | (first_end < following[a:b]))
        kept = together & maximal[k - a]
        rows = rows.plus(Rows.numbered(k[kept], o[kept]))
    return rows


def _shut(group: Ints, latest: Ints, ends: Ints, core: Bools) -> Rows:
    """Return rows (limits) by which an expert takes at most one of two incompatible missions.

    Only couples in which at least one mission has an empty core are considered; `core` is the mask
    of the missions with a non-empty core. `group` is the expert of each mission, `latest` its
    latest first day, `ends` its earliest last day.
    """
    rows = Rows()
    for _, _, k, o in _before(group):
        shut = (o < k) & ~(core[k] & core[o]) & (latest[o] <= ends[k]) & (latest[k] <= ends[o])
        couple = np.flatnonzero(shut)
        both = np.column_stack([o[couple], k[couple]]).ravel()
        rows = rows.plus(Rows.numbered(np.repeat(couple, 2), both))
    return rows
