"""The filters of the directory, as they stand in its URLs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from .. import fields

LONGEST_WORDS = 120  # characters
SORTS = {"": "les plus récentes", "titre": "par titre", "annee": "par année"}


def facet_names() -> tuple[str, ...]:
    """Return the names of the facets, in the order shown."""
    return tuple(facet.name for facet in fields.FACETS)


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a reader of the directory searches.

    Args:
        q: words.
        chosen: for each facet, the values of which a sheet must have at least one.
        tri: one of `SORTS`.
    """

    q: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tri: str = ""

    @classmethod
    def of(cls, params: QueryDict) -> "Filters":
        """Read a query string; unknown values are kept and find nothing, an unknown sort is not."""
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
        """Return the same filters but for one value of a facet, or for all its values."""
        kept = tuple(v for v in self.chosen.get(name, ()) if value and v != value)
        rest = {key: values for key, values in self.chosen.items() if key != name}
        return Filters(q=self.q, chosen=rest | ({name: kept} if kept else {}), tri=self.tri)

    def only(self, name: str, value: str) -> "Filters":
        """Return the same filters with this single value under the facet."""
        return Filters(q=self.q, chosen={**self.chosen, name: (value,)}, tri=self.tri)

    def with_words(self, words: str) -> "Filters":
        """Return the same filters with other words."""
        return Filters(q=words, chosen=self.chosen, tri=self.tri)

    def latest(self) -> "Filters":
        """Return the same filters, sorted by date of publication."""
        return Filters(q=self.q, chosen=self.chosen)

    @property
    def narrowed(self) -> bool:
        """Say whether there is a word or a value."""
        return bool(self.q or self.chosen)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield (facet, value) for each chosen value."""
        return ((name, value) for name in facet_names() for value in self.chosen.get(name, ()))

    def query(self, **more: Any) -> str:
        """Return the query string of these filters, always written in the same order."""
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
