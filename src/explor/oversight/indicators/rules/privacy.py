"""Hide the counts of fewer than five people, so that they cannot be deduced from those shown.

A count, called a cell, belongs to a scope (a year or all, a network or all) and to a part of the
missions of that scope, whose total is public. Hiding one cell alone is not enough: the total minus
the other cells would give it. So each hidden cell becomes the corner of a box of hidden cells,
between which a person can be moved without changing any shown figure. This is the hypercube method
(Repsilber, D. (1994), « Preservation of confidentiality in aggregated data »; Giessing, S. (2003),
« Co-ordination of cell suppressions », both on the method used by statistical offices).
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import product

K = 5  # people in the smallest group shown
LESS, HIDDEN = "moins de 5", "non montré"

# (year, network, part); a year or network of None stands for the sum over all of them.
Cell = tuple[int | None, int | None, str]
Scope = tuple[int | None, int | None]
Turn = Mapping[int | None, int]
Move = dict[Cell, int]


def protect(counts: Mapping[Cell, int], *, known: Collection[Scope] = ()) -> set[Cell]:
    """Return the cells to hide: cells of fewer than `K` people, and cells that would reveal them.

    A zero identifies nobody. But in a scope of fewer than `K` people every part is hidden, even
    zeros, which would show by elimination in which part these people are. The cells of `known`
    scopes are published elsewhere: they are neither hidden nor used to hide others.
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
    """Return the words that replace a hidden count: « moins de 5 » or « non montré ».

    These words depend only on the public number of missions of the scope.
    """
    return LESS if missions < K else HIDDEN


def moves(cell: Cell, counts: Mapping[Cell, int]) -> Iterator[Move]:
    """Yield each way to add one person to `cell` and correct other cells so that no sum changes.

    A way is {cell: change}, where a change is 1 or -1; all the cells exist in `counts`.
    """
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
    """Yield {level: change} for each way to add one person to `level` on one axis.

    `levels` are the years, or the networks; None is the sum of all. Either another level loses one
    person, or `level` and the sum both gain one (tried last).
    """
    others = sorted(
        (each for each in levels if each != level), key=lambda each: (each is None, each)
    )
    for other in others:
        yield {level: 1, other: 1 if None in (level, other) else -1}
    if not others:
        yield {level: 1}


def _cheapest(cell: Cell, counts: Mapping[Cell, int], hidden: set[Cell]) -> set[Cell]:
    """Return the cells to hide with `cell` so that it cannot be deduced: those with fewest people.

    The set is empty when the cells already `hidden` suffice.
    """
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
