"""Texts of the list of sheets, and other searches to try when no sheet matches."""

from dataclasses import dataclass

from explor.ground.ui.order import sort_key

from .. import selectors
from ..selectors import Filters, Results
from .facets import ShownFacet, label_in

OTHER_VALUES = 3  # maximum number of values suggested for each facet
FEWER_WORDS = 6  # maximum number of searches suggested with fewer words


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A link to another search, with `count` results, suggested when a search has none."""

    text: str
    count: int
    url: str


def title_of(filters: Filters, page: int) -> str:
    """Return the title of the list, with the searched words and the page number."""
    words = f"Projets : {filters.q}" if filters.q else "Projets"
    return f"{words}, page {page}" if page > 1 else words


def spelling_of(filters: Filters, results: Results) -> str:
    """Return the sentence that states which corrected words were searched, "" when none were."""
    if not results.spelling_suggestion:
        return ""
    answer = "Voici les réponses pour" if results.total else "Rien non plus ici pour"
    return f"Aucune fiche ne contient « {filters.q} ». {answer} « {results.spelling_suggestion} »."


def suggestions(results: Results, facets: list[ShownFacet]) -> list[Suggestion]:
    """Return the searches to suggest when a search has no results.

    First other values of the selected facets, then the search without one facet, with fewer
    words, or without any word.
    """
    filters = results.filters
    other_values = [
        Suggestion(
            text=label_in(facets, name, value),
            count=count,
            url=filters.only(name, value).query(),
        )
        for name in filters.chosen
        for value, count in _most_frequent(results.counts[name])
    ]
    without_one = [
        Suggestion(
            text=_left_out(filters, name, facets), count=count, url=filters.without(name).query()
        )
        for name, count in results.without.items()
    ]
    return other_values + without_one + _fewer_words(filters) + _no_words(results)


def _fewer_words(filters: Filters) -> list[Suggestion]:
    """Return searches with fewer words; [] when the search has facet values or no words."""
    if filters.chosen or not filters.q:
        return []
    shorter = list(selectors.shorter_searches(filters.q).items())[:FEWER_WORDS]
    return [
        Suggestion(text=f"« {words} »", count=count, url=filters.with_words(words).query())
        for words, count in shorter
    ]


def _no_words(results: Results) -> list[Suggestion]:
    """Return the search without its words; [] when it has no facet values or still no results."""
    count, filters = results.without_words, results.filters
    if not count or not filters.chosen:
        return []
    url = filters.with_words("").query()
    return [Suggestion(text=f"sans les mots « {filters.q} »", count=count, url=url)]


def _left_out(filters: Filters, name: str, facets: list[ShownFacet]) -> str:
    labels = ", ".join(label_in(facets, name, value) for value in filters.chosen[name])
    return f"sans « {labels} »"


def _most_frequent(counts: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], sort_key(pair[0])))[:OTHER_VALUES]
