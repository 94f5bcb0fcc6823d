"""Counts of persons that name nobody: below five they are hidden, and cannot be reckoned.

A count stands in a scope (a year or all, a network or all) and in a part of a whole that everyone
knows (the missions of that scope). To hide it alone is not enough: a total minus the other counts
would tell it. So each hidden count is made the corner of a box of hidden counts along which a
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
    """The cells to hide: those below `K`, and what would tell them.

    Nobody is named by a zero, but in a scope of fewer than `K` people every part is hidden, zeros
    too, for together they would tell where these few are. The cells of `known` scopes are told
    elsewhere: they are neither hidden nor counted upon.
    """
    free = {cell: count for cell, count in counts.items() if cell[:2] not in known}
    whole: Counter[Scope] = Counter()
    for cell, count in free.items():
        whole[cell[:2]] += count
    hidden = {c for c, count in free.items() if 0 < count < K or 0 < whole[c[:2]] < K}
    for cell in sorted((each for each in hidden if free[each]), key=str):
        hidden |= _cheapest(cell, free, hidden)
    return hidden


def mark(missions: int) -> str:
    """What stands for a hidden count, which tells no more than the number of missions does."""
    return LESS if missions < K else HIDDEN


def moves(cell: Cell, counts: Mapping[Cell, int]) -> Iterator[Move]:
    """Ways of adding one person to `cell` that keep every sum, in cells that exist."""
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
    """With which other level one is exchanged (a sister) or added (the sum, tried last)."""
    others = sorted(
        (each for each in levels if each != level), key=lambda each: (each is None, each)
    )
    for other in others:
        yield {level: 1, other: 1 if None in (level, other) else -1}
    if not others:
        yield {level: 1}


def _cheapest(cell: Cell, counts: Mapping[Cell, int], hidden: set[Cell]) -> set[Cell]:
    """The box that hides the fewest people more; empty when one is hidden already."""
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
