"""Rows that keep one person from being in two missions on the same day.

A mission whose first day must fall between `earliest` and `latest` surely takes the days from
its latest start to its earliest end: its core. Two missions can follow each other unless each one's
earliest end lies beyond the other's latest start; with cores, that is to say the cores overlap.
"""

import numpy as np

from .problem import Problem, Row
from .roster import Ints


def overlap_rows(p: Problem, latest: Ints, earliest_end: Ints) -> tuple[Row, ...]:
    """Rows of at most one, over the missions of an expert that exclude each other two by two.

    `latest` start and `earliest_end` (included) are days per pair. With fixed dates these rows
    are exact; with a choice of dates they are exact for two missions, and `schedule` checks more.
    """
    pairs = np.flatnonzero(p.load[p.expert] > 1)
    order = pairs[np.lexsort((latest[pairs], p.expert[pairs]))]
    cuts = np.flatnonzero(np.diff(p.expert[order])) + 1
    rows: list[Row] = []
    for group in np.split(order, cuts):
        if group.size > 1:
            rows += _exclusions(group, latest[group], earliest_end[group])
    return tuple(rows)


def _exclusions(group: Ints, latest: Ints, ends: Ints) -> list[Row]:
    core = latest <= ends
    rows = _cliques(group[core], latest[core], ends[core])
    # A mission without core can still be shut in by a long one: those go two by two.
    for k in np.flatnonzero(~core).tolist():
        shut = (latest <= ends[k]) & (latest[k] <= ends)
        rows += [Row(pairs=group[[k, o]], limit=1) for o in np.flatnonzero(shut).tolist() if o != k]
    return rows


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
