"""Search the directory: how many sheets answer, which ones, and what each facet counts."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from .. import engine
from .filters import Filters, facet_names
from .index import Snapshot, Version, current, index_revision
from .words import MOST_RANKED, find_words, ranked, spelling_suggestion


@dataclass(frozen=True, kw_only=True)
class Results:
    """Answer of the directory to a search.

    Args:
        filters: those that were used, with corrected words if any.
        order: the sheets, best or latest first.
        counts: for each facet, the sheets per value under all the other filters.
        version: of the directory that answers.
        spelling_suggestion: the words used instead of those that found nothing, or "".
        without: when nothing answers, the sheets that would if one facet were left out.
        without_words: when nothing answers, the sheets that would without any word.
    """

    filters: Filters
    order: Sequence[int] | engine.Ints
    counts: dict[str, dict[str, int]]
    version: Version
    spelling_suggestion: str = ""
    without: dict[str, int] = field(default_factory=dict)
    without_words: int = 0

    @property
    def total(self) -> int:
        """Return how many sheets answer."""
        return len(self.order)

    def after(self, sheet: int, rank: int) -> int:
        """Return the rank that follows a sheet; the one it had when it no longer answers."""
        at = np.flatnonzero(np.asarray(self.order) == sheet)
        return int(at[0]) + 1 if at.size else min(rank, self.total)

    def slice(self, first: int, count: int) -> list[int]:
        """Return the numbers of `count` sheets from the `first`."""
        return [int(each) for each in self.order[first : first + count]]


def search(
    filters: Filters, *, version: Version | None = None, respell: bool = True, counted: bool = True
) -> Results:
    """Find the published sheets that answer to the filters.

    Args:
        filters: words, values and sort.
        version: of the directory; the present one by default.
        respell: try words that find nothing again with corrected spelling.
        counted: count the facets.
    """
    version = version or index_revision()
    snapshot = current(version)
    words = find_words(filters.q) if filters.q else None
    if words and respell and not words.sheets and (better := spelling_suggestion(filters.q)):
        again = search(filters.with_words(better), version=version, respell=False)
        if again.total or again.without:
            return replace(again, spelling_suggestion=better)
    selection = engine.select(
        snapshot.index,
        filters.chosen,
        among=words.sheets if words else None,
        facets=facet_names() if counted else (),
    )
    return Results(
        filters=filters,
        order=_ordered(snapshot, filters, selection, words.titled if words else []),
        counts=selection.counts,
        version=version,
        without=selection.without,
        without_words=selection.without_among,
    )


def _ordered(
    snapshot: Snapshot, filters: Filters, selection: engine.Selection, titled: Sequence[int]
) -> Sequence[int] | engine.Ints:
    """Return the sheets kept, in the order that the filters name."""
    index, kept = snapshot.index, selection.kept
    if filters.tri == "titre":
        return index.items_in(snapshot.alphabet, kept)
    if filters.tri == "annee":
        return index.items_of(kept, key=engine.YEAR)
    order = index.items_of(kept, key=engine.PUBLISHED)
    if not filters.q:
        return order
    if order.size <= MOST_RANKED:
        return ranked(filters.q, order.tolist())
    first = np.isin(order, titled)
    return np.concatenate([order[first], order[~first]])
