"""Selection of items by values of facets, with the counts of each facet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from .index import Index, Ints, Mask


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Answer to a choice of values.

    Args:
        kept: the items that carry a chosen value under every facet, and are among those given.
        counts: for each facet counted, the items per value under all the other facets.
        without: when nothing is kept, the items that would be if one facet were left out.
        without_among: when nothing is kept, the items that would be if `among` were left out.
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
    """Keep the items that answer to a choice of values.

    Args:
        index: the items.
        chosen: for each facet, the values of which an item must carry at least one.
        among: only these items can answer; None for all.
        facets: those to count.
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
    """Count each facet under all the others; without any choice, runs are counted unmasked."""
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
    """Count the items that would be kept if one facet, or `among`, were left out."""
    left = {
        facet: int(_all(index, [m for name, m in masks.items() if name != facet] + [given]).sum())
        for facet in masks
    }
    alone = 0 if given is None else int(_all(index, list(masks.values())).sum())
    return {facet: count for facet, count in left.items() if count}, alone


def _all(index: Index, masks: Sequence[Mask | None]) -> Mask:
    every = np.ones(index.size, dtype=np.bool_)
    return reduce(np.logical_and, [mask for mask in masks if mask is not None], every)
