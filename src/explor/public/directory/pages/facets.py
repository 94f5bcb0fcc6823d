"""Facets formatted for a page: checkboxes with counts, and links that remove a filter."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from heapq import nlargest

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from explor.ground.reference.selectors import sort_key

from .. import fields
from ..fields import Facet
from ..selectors import Filters, Results

SHOWN = 8  # values of a facet, before « Voir les autres »


@dataclass(frozen=True, kw_only=True)
class Value:
    """The checkbox of a value of a facet; `count` sheets have it and match the other filters."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class ShownFacet:
    """One facet of the page, with the values that are shown.

    Args:
        more: how many values are not shown.
        everything: query string of the page that shows every value of this facet.
        open: whether the page shows this facet unfolded.
    """

    name: str
    title: str
    values: list[Value]
    more: int
    everything: str
    open: bool

    @property
    def boxes(self) -> SafeString:
        """Return the checkboxes as HTML, in one string for speed: a page has about eighty."""
        head = f'<li><label><input type="checkbox" form="chercher" name="{self.name}" value="'
        lines = (
            f'{head}{escape(each.value)}"{" checked" if each.chosen else ""}>'
            f" {escape(each.label)} <small>{each.count}</small></label></li>"
            for each in self.values
        )
        return mark_safe("".join(lines))


@dataclass(frozen=True, kw_only=True)
class Chip:
    """One active filter; `url` is the query string of the search without this filter."""

    label: str
    url: str


def facets_of(results: Results, *, full: str = "") -> list[ShownFacet]:
    """Return the facets to show beside results: those that have values, a limited number of each.

    Selected values are always kept, even with no result. `full` is the name of the facet to show
    with all its values, "" for none.
    """
    networks = json.loads(results.version.networks)
    every = (_shown(facet, results, networks, full=full == facet.name) for facet in fields.FACETS)
    return [facet for facet in every if facet.values]


def chips(filters: Filters, facets: list[ShownFacet]) -> list[Chip]:
    """Return one chip for the searched words and one for each selected value."""
    words = []
    if filters.q:
        words = [Chip(label=f"« {filters.q} »", url=filters.with_words("").query())]
    return words + [
        Chip(label=label_in(facets, name, value), url=filters.without(name, value).query())
        for name, value in filters.pairs()
    ]


def label_in(facets: list[ShownFacet], name: str, value: str) -> str:
    """Return the label of a value of the facet `name`; the value itself when it is not shown."""
    values = (each for facet in facets if facet.name == name for each in facet.values)
    return next((each.label for each in values if each.value == value), value)


def _shown(
    facet: Facet, results: Results, networks: Mapping[str, str], *, full: bool
) -> ShownFacet:
    chosen = results.filters.chosen.get(facet.name, ())
    counts = dict.fromkeys(chosen, 0) | results.counts[facet.name]
    frequent = _most_frequent(counts, chosen) if facet.order == "count" and not full else counts
    values = [
        Value(value=v, label=facet.label(v, networks), count=n, chosen=v in chosen)
        for v, n in frequent.items()
    ]
    _sort(values, facet)
    kept = values if full else [v for at, v in enumerate(values) if at < SHOWN or v.chosen]
    return ShownFacet(
        name=facet.name,
        title=facet.title,
        values=kept,
        more=len(counts) - len(kept),
        everything=results.filters.query(voir=facet.name),
        open=bool(chosen) or full,
    )


def _sort(values: list[Value], facet: Facet) -> None:
    """Sort the checkboxes in place, in the order that the facet declares."""
    if facet.order == "highest":
        values.sort(key=lambda each: each.value, reverse=True)
    elif facet.order == "choices":
        rank = {choice: at for at, choice in enumerate(facet.choices)}
        values.sort(key=lambda each: rank.get(each.value, len(rank)))
    else:
        values.sort(key=lambda each: (-each.count, sort_key(each.label)))


def _most_frequent(counts: dict[str, int], chosen: tuple[str, ...]) -> dict[str, int]:
    """Return {value: count} for the selected values and the `SHOWN` most frequent, with ties.

    For performance: the labels of hundreds of other values are not computed.
    """
    least = min(nlargest(SHOWN, counts.values()), default=0)
    return {value: n for value, n in counts.items() if n >= least or value in chosen}
