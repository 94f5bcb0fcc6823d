"""Counts of persons that name nobody: below five they are hidden, and cannot be deduced.

A count stands in a scope (a year or all, a network or all) and in a part of a whole that everyone
knows (the missions of that scope). To hide it alone is not enough: a total minus the other counts
would give it. So each hidden count is made the corner of a box of hidden counts along which a
person can be moved without changing any figure that is shown. This is the hypercube method
(Repsilber, D. (1994), « Preservation of confidentiality in aggregated data »; Giessing, S. (2003),
« Co-ordination of cell suppressions », both on the method used by statistical offices).
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import product

K = 5  # people in the smallest group shown
LESS, HIDDEN = "moins de 5", "non montré"

# (year, network, part); None is « all », and sums the others.
Cell = tuple[int | None, int | None, str]
Scope = tuple[int | None, int | None]
Turn = Mapping[int | None, int]
Move = dict[Cell, int]


def protect(counts: Mapping[Cell, int], *, known: Collection[Scope] = ()) -> set[Cell]:
    """Return the cells to hide: those below `K`, and those that would reveal them.

    A zero names nobody, but in a scope of fewer than `K` people every part is hidden, zeros too,
    for together they would say where these few are. The cells of `known` scopes are published
    elsewhere: they are neither hidden nor used to hide others.
    """
    free = {cell: count for cell, count in counts.items() if cell[:2] not in known}
    sums: Counter[Scope] = Counter()
    for cell, count in free.items():
        sums[cell[:2]] += count
    hidden = {c for c, count in free.items() if 0 < count < K or 0 < sums[c[:2]] < K}
    for cell in sorted((each for each in hidden if free[each]), key=str):
        hidden |= _cheapest(cell, free, hidden)
    return hidden


def mark(missions: int) -> str:
    """Return the words shown for a hidden count; they say no more than the number of missions."""
    return LESS if missions < K else HIDDEN


def moves(cell: Cell, counts: Mapping[Cell, int]) -> Iterator[Move]:
    """Yield the ways of adding one person to `cell` that keep every sum, in existing cells."""
    year, network, part = cell
    years = {each[0] for each in counts}
    networks = {each[1] for each in counts}
    parts = sorted({each[2] for each in counts} - {part})
    swaps: list[dict[str, int]] = [{part: 1, other: -1} for other in parts] or [{part: 1}]
    for by_year, by_network, by_part in product(
        list(_turns(year, years)), list(_turns(network, networks)), swaps
    ):
        move = {
            (y, n, p): s * t * u
            for y, s in by_year.items()
            for n, t in by_network.items()
            for p, u in by_part.items()
        }
        if all(each in counts for each in move):
            yield move


def _turns(level: int | None, levels: Collection[int | None]) -> Iterator[Turn]:
    """Yield the other levels to exchange with (a sibling) or to add to (the sum, tried last)."""
    others = sorted(
        (each for each in levels if each != level), key=lambda each: (each is None, each)
    )
    for other in others:
        yield {level: 1, other: 1 if None in (level, other) else -1}
    if not others:
        yield {level: 1}


def _cheapest(cell: Cell, counts: Mapping[Cell, int], hidden: set[Cell]) -> set[Cell]:
    """Return the box that hides the fewest more people; empty when one is already hidden."""
    best, price = set[Cell](), (float("inf"), 0)
    for move in moves(cell, counts):
        for way in (1, -1):
            if any(counts[each] + way * step < 0 for each, step in move.items()):
                continue
            more = {each for each in move if each not in hidden}
            if (cost := (sum(counts[each] for each in more), len(more))) < price:
                best, price = more, cost
        if price == (0, 0):
            break
    return best
