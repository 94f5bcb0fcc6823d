"""The filters of a search of the directory, converted from and to a URL query string."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from .. import fields

LONGEST_WORDS = 120  # characters in the searched words
SORTS = {"": "les plus récentes", "titre": "par titre", "annee": "par année"}


def facet_names() -> tuple[str, ...]:
    """Return the names of the facets, in display order."""
    return tuple(facet.name for facet in fields.FACETS)


@dataclass(frozen=True, kw_only=True)
class Filters:
    """A search of the directory.

    Args:
        q: the words searched.
        chosen: the selected values, by facet name; a sheet must have one value of each facet.
        tri: sort order, one of the keys of `SORTS`.
    """

    q: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tri: str = ""

    @classmethod
    def of(cls, params: QueryDict) -> "Filters":
        """Return the filters of a query string; too many values and too long texts are cut.

        Unknown values are kept, and match no sheet; an unknown sort is ignored.
        """
        chosen = {
            name: tuple(dict.fromkeys(value.strip()[: fields.LONGEST_VALUE] for value in given))[
                : fields.MOST_VALUES
            ]
            for name in facet_names()
            if (given := [value for value in params.getlist(name) if value.strip()])
        }
        tri = params.get("tri", "")
        q = " ".join(params.get("q", "").split())[:LONGEST_WORDS]
        return cls(q=q, chosen=chosen, tri=tri if tri in SORTS else "")

    def without(self, name: str, value: str = "") -> "Filters":
        """Return a copy of this search without `value` in the facet `name`.

        When `value` is "", the copy has no value at all in this facet.
        """
        kept = tuple(v for v in self.chosen.get(name, ()) if value and v != value)
        rest = {key: values for key, values in self.chosen.items() if key != name}
        return Filters(q=self.q, chosen=rest | ({name: kept} if kept else {}), tri=self.tri)

    def only(self, name: str, value: str) -> "Filters":
        """Return a copy of this search where only `value` is selected in the facet `name`."""
        return Filters(q=self.q, chosen={**self.chosen, name: (value,)}, tri=self.tri)

    def with_words(self, words: str) -> "Filters":
        """Return a copy of this search with other words."""
        return Filters(q=words, chosen=self.chosen, tri=self.tri)

    def latest(self) -> "Filters":
        """Return a copy of this search whose results are sorted by date of publication."""
        return Filters(q=self.q, chosen=self.chosen)

    @property
    def narrowed(self) -> bool:
        """Return whether the search has words or a selected value."""
        return bool(self.q or self.chosen)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield (facet name, value) for each selected value."""
        return ((name, value) for name in facet_names() for value in self.chosen.get(name, ()))

    def query(self, **more: Any) -> str:
        """Return the query string of these filters in a fixed order, then the parameters `more`."""
        params = QueryDict(mutable=True)
        if self.q:
            params["q"] = self.q
        for name, value in self.pairs():
            params.appendlist(name, value)
        if self.tri:
            params["tri"] = self.tri
        for name, value in more.items():
            params[name] = str(value)
        return params.urlencode()
