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
        kept: mask of the items of `among` that have a chosen value in every facet.
        counts: for each facet counted, how many items have each value, given the other facets.
        without: when no item is kept, how many would be if one facet were ignored.
        without_among: when no item is kept, how many would be if `among` were ignored.
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
    """Select the items that have the chosen values.

    Args:
        index: the items.
        chosen: for each facet, the values of which an item must have at least one.
        among: only these items can be selected; None for all.
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
    """Count the values of each facet, given the choices in the others."""
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
    """Count the items that would be kept if one facet, or `among`, were ignored."""
    left = {
        facet: int(_all(index, [m for name, m in masks.items() if name != facet] + [given]).sum())
        for facet in masks
    }
    alone = 0 if given is None else int(_all(index, list(masks.values())).sum())
    return {facet: count for facet, count in left.items() if count}, alone


def _all(index: Index, masks: Sequence[Mask | None]) -> Mask:
    every = np.ones(index.size, dtype=np.bool_)
    return reduce(np.logical_and, [mask for mask in masks if mask is not None], every)
