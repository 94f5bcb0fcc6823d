"""Selection of the items that have the chosen values of facets, with the counts of each facet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from .index import Index, Ints, Mask


@dataclass(frozen=True, kw_only=True)
class Selection:
    """The items selected by a choice of values, and their counts.

    Args:
        kept: boolean mask of the selected items.
        counts: for each facet counted, the number of items by value, given the choices in the other
            facets; values without items are omitted.
        without: when no item is selected, by facet chosen, how many items would be if this facet
            were ignored, without zeros; otherwise empty.
        without_among: when no item is selected, how many would be if `among` were ignored; 0 when
            there is no `among`, or an item is selected.
    """

    kept: Mask
    counts: dict[str, dict[str, int]]
    without: dict[str, int]
    without_among: int


def select(
    index: Index,
    chosen: Mapping[str, Iterable[str]],
    *,
    among: Sequence[int] | Ints | None = None,
    facets: Iterable[str] = (),
) -> Selection:
    """Return the items that have one of the values chosen in each facet, and the counts by value.

    Args:
        index: the items.
        chosen: for each facet, the values of which an item must have at least one.
        among: numbers of the only items that can be selected; None for all.
        facets: the facets to count.
    """
    masks = {facet: index.carrying(facet, values) for facet, values in chosen.items()}
    given = None if among is None else index.among(among)
    kept = _all(index, [*masks.values(), given])
    without, without_among = ({}, 0) if kept.any() else _without(index, masks, given)
    return Selection(
        kept=kept,
        counts=_counts(index, masks, given, kept, facets),
        without=without,
        without_among=without_among,
    )


def _counts(
    index: Index,
    masks: Mapping[str, Mask],
    given: Mask | None,
    kept: Mask,
    facets: Iterable[str],
) -> dict[str, dict[str, int]]:
    """Return {facet: {value: number of items}} for `facets`, given the choices in other facets.

    Args:
        masks: for each facet chosen, the mask of the items that have a chosen value.
        given: the mask of the only items that can be selected; None for all.
        kept: the mask of the selected items.
    """
    narrowed = kept if masks or given is not None else None
    counts = {}
    for facet in facets:
        mask = narrowed
        if facet in masks:
            mask = _all(index, [m for name, m in masks.items() if name != facet] + [given])
        counts[facet] = index.counts(facet, mask)
    return counts


def _without(
    index: Index, masks: Mapping[str, Mask], given: Mask | None
) -> tuple[dict[str, int], int]:
    """Return how many items would be selected if a chosen facet, or `given`, were ignored.

    The first result is {facet: number of items}, without zeros. `given` is the mask of the only
    items that can be selected; when it is None, the second result is 0.
    """
    left = {
        facet: int(_all(index, [m for name, m in masks.items() if name != facet] + [given]).sum())
        for facet in masks
    }
    alone = 0 if given is None else int(_all(index, list(masks.values())).sum())
    return {facet: count for facet, count in left.items() if count}, alone


def _all(index: Index, masks: Sequence[Mask | None]) -> Mask:
    every = np.ones(index.size, dtype=np.bool_)
    return reduce(np.logical_and, [mask for mask in masks if mask is not None], every)
