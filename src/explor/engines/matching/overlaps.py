"""Rows that keep one person from being in two missions on the same day (fixed mission dates)."""

import numpy as np

from .problem import Problem, Row
from .roster import Ints


def clique_rows(p: Problem, starts: Ints, ends: Ints) -> tuple[Row, ...]:
    """One row per largest set of missions of an expert that all share a day.

    `starts` and `ends` are days per need, both included. Experts who take a single mission need
    no row. Intervals that overlap two by two share a day, so these rows are exact.
    """
    several = p.load[p.expert] > 1
    pairs = np.flatnonzero(several)
    order = pairs[np.lexsort((starts[p.need[pairs]], p.expert[pairs]))]
    cuts = np.flatnonzero(np.diff(p.expert[order])) + 1
    rows: list[Row] = []
    for group in np.split(order, cuts):
        if group.size > 1:
            rows += _cliques(group, starts[p.need[group]], ends[p.need[group]])
    return tuple(rows)


def _cliques(group: Ints, starts: Ints, ends: Ints) -> list[Row]:
    """Sweep missions by their start; a clique is complete just before one of its missions ends."""
    rows: list[Row] = []
    open_now: list[int] = []
    first_end = -1
    grown = False
    for k, start in enumerate(starts.tolist()):
        if open_now and first_end < start:
            if grown and len(open_now) > 1:
                rows.append(Row(pairs=group[open_now], limit=1))
            open_now = [o for o in open_now if ends[o] >= start]
            grown = False
        open_now.append(k)
        first_end = min(int(ends[o]) for o in open_now)
        grown = True
    if grown and len(open_now) > 1:
        rows.append(Row(pairs=group[open_now], limit=1))
    return rows
