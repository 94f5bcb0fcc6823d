"""Search the directory: which sheets match, in which order, and the counts of each facet."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from .. import engine
from .filters import Filters, facet_names
from .index import Snapshot, Version, current, index_revision
from .words import MOST_RANKED, find_words, ranked, spelling_suggestion


@dataclass(frozen=True, kw_only=True)
class Results:
    """The result of a search.

    Args:
        filters: the filters used, with corrected words if any.
        order: primary keys of the matching sheets, sorted.
        counts: for each facet, the number of sheets per value under all the other filters.
        version: version of the directory that was searched.
        spelling_suggestion: the words used instead of the words that matched nothing, or "".
        without: when nothing matches, the number of matches without each facet, by its name.
        without_words: when nothing matches, the number of matches without the words.
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
        """Return how many sheets match."""
        return len(self.order)

    def after(self, sheet: int, rank: int) -> int:
        """Return the rank, from 0, of the sheet that follows `sheet`.

        When `sheet` no longer matches, the sheets after it have moved up by one: return the rank
        that it had (`rank`, which counts from 1, minus one), or `total` if that is smaller.
        """
        at = np.flatnonzero(np.asarray(self.order) == sheet)
        return int(at[0]) + 1 if at.size else min(max(rank - 1, 0), self.total)

    def slice(self, first: int, count: int) -> list[int]:
        """Return the primary keys of `count` matching sheets, from rank `first` (0-based)."""
        return [int(each) for each in self.order[first : first + count]]


def search(
    filters: Filters, *, version: Version | None = None, respell: bool = True, counted: bool = True
) -> Results:
    """Search the published sheets that match the filters.

    Args:
        filters: words, selected values and sort.
        version: version of the directory to search; the current one by default.
        respell: whether to correct the spelling of words that match nothing and search again.
        counted: whether to count the values of each facet.
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
    """Return the primary keys of the matching sheets, in the order that the filters ask for.

    `titled` are the sheets with the words in their title; they come first when more than
    `MOST_RANKED` sheets match, too many to sort by relevance.
    """
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
