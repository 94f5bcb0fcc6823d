"""The answer of the directory to a search: how many, which, and what each facet counts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce

import numpy as np

from ..models import Listing
from .asked import FACETS, Asked
from .editions import Version, current, edition
from .snapshot import Ints, Mask, Snapshot
from .words import RANKED, find, mended, ranked


@dataclass(frozen=True, kw_only=True)
class Answer:
    """`order` are the sheets, best or latest first; `counts` what each facet would give alone.

    `at` is the version of the directory that answers.
    """

    asked: Asked
    order: Sequence[int] | Ints
    counts: dict[str, dict[str, int]]
    at: Version
    mended: str = ""
    without: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many sheets answer."""
        return len(self.order)

    def after(self, sheet: int, rank: int) -> int:
        """Where to go on after a sheet that was at `rank`, wherever it is now, even gone."""
        at = np.flatnonzero(np.asarray(self.order) == sheet)
        return int(at[0]) + 1 if at.size else min(rank, self.total)

    def slice(self, first: int, count: int) -> list[int]:
        """The numbers of `count` sheets from the `first`."""
        return [int(each) for each in self.order[first : first + count]]


def answer(
    asked: Asked, *, at: Version | None = None, mend: bool = True, counted: bool = True
) -> Answer:
    """What is published and answers; words that find nothing are tried again, mended.

    The facets are left uncounted where nobody reads them.
    """
    at = at or edition()
    snapshot = current(at)
    masks = {name: snapshot.bearing(name, values) for name, values in asked.chosen.items()}
    found = find(asked.q) if asked.q else None
    spoken = _mask(snapshot, found.sheets) if found else None
    if found and mend and not found.sheets and (words := mended(asked.q)):
        again = answer(asked.saying(words), at=at, mend=False)
        if again.total or again.without.keys() - {"q"}:
            return Answer(
                asked=again.asked,
                order=again.order,
                counts=again.counts,
                at=at,
                mended=words,
                without=again.without,
            )
    kept = _all(snapshot, [*masks.values(), spoken])
    return Answer(
        asked=asked,
        order=_ordered(snapshot, asked, kept, found.titled if found else []),
        counts=_counts(snapshot, masks, spoken) if counted else {},
        at=at,
        without=_without(snapshot, masks, spoken) if not kept.any() else {},
    )


def _counts(
    snapshot: Snapshot, masks: dict[str, Mask], spoken: Mask | None
) -> dict[str, dict[str, int]]:
    """A facet counts under all the others, never under itself: one may always widen it."""
    kept = _all(snapshot, [*masks.values(), spoken]) if masks or spoken is not None else None
    counts = {}
    for facet in FACETS:
        mask = kept
        if facet.name in masks:
            mask = _all(snapshot, [m for n, m in masks.items() if n != facet.name] + [spoken])
        counts[facet.name] = snapshot.counts(facet.name, mask)
    return counts


def _without(snapshot: Snapshot, masks: dict[str, Mask], spoken: Mask | None) -> dict[str, int]:
    """When nothing answers: how many would if one thing asked were left out ("q": the words)."""
    asked = masks | ({"q": spoken} if spoken is not None else {})
    left = {
        name: int(_all(snapshot, [m for n, m in asked.items() if n != name]).sum())
        for name in asked
    }
    return {name: count for name, count in left.items() if count}


def _all(snapshot: Snapshot, masks: Sequence[Mask | None]) -> Mask:
    every = np.ones(snapshot.size, dtype=np.bool_)
    return reduce(np.logical_and, [mask for mask in masks if mask is not None], every)


def _mask(snapshot: Snapshot, sheets: Sequence[int]) -> Mask:
    mask = np.zeros(snapshot.size, dtype=np.bool_)
    mask[snapshot.positions(sheets)] = True
    return mask


def _ordered(
    snapshot: Snapshot, asked: Asked, kept: Mask, titled: Sequence[int]
) -> Sequence[int] | Ints:
    """The sheets kept, in the order asked for."""
    if asked.tri == "titre":
        alphabet = Listing.objects.filter(live=True).order_by("title_key", "pk")
        places = snapshot.alphabet(lambda: list(alphabet.values_list("pk", flat=True)))
    elif asked.tri == "annee":
        places = snapshot.by_year
    else:
        places = snapshot.latest
    order = snapshot.ids[places[kept[places]]]
    if not asked.q or asked.tri:
        return order
    if order.size <= RANKED:
        return ranked(asked.q, order.tolist())
    first = np.isin(order, titled)
    return np.concatenate([order[first], order[~first]])
