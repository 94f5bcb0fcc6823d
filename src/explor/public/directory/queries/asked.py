"""What a reader of the directory asks for, as it stands in the URL."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

LONGEST = 120
MOST = 20  # values of one facet


@dataclass(frozen=True, kw_only=True)
class Facet:
    """One way to narrow: its name in the URL, its title, the list that names its values."""

    name: str
    title: str
    reference: str = ""


FACETS = (
    Facet(name="pays", title="Pays", reference="countries"),
    Facet(name="zone", title="Zone", reference="zones"),
    Facet(name="secteur", title="Secteur", reference="sectors"),
    Facet(name="odd", title="Objectif de développement durable", reference="sdgs"),
    Facet(name="reseau", title="Réseau"),
    Facet(name="statut", title="Statut"),
    Facet(name="annee", title="Année de début"),
    Facet(name="departement", title="Département du porteur", reference="departments"),
    Facet(name="structure", title="Type de structure", reference="structure_types"),
    Facet(name="financeur", title="Financeur"),
)
NAMES = tuple(facet.name for facet in FACETS)
SORTS = {"": "les plus récentes", "titre": "par titre", "annee": "par année"}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Words, values chosen under each facet (any of them), and an order."""

    q: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tri: str = ""

    @classmethod
    def of(cls, params: QueryDict) -> "Asked":
        """From a query string; unknown values are kept and find nothing, unknown orders are not."""
        chosen = {
            name: tuple(dict.fromkeys(value.strip()[:LONGEST] for value in given))[:MOST]
            for name in NAMES
            if (given := [value for value in params.getlist(name) if value.strip()])
        }
        tri = params.get("tri", "")
        q = " ".join(params.get("q", "").split())[:LONGEST]
        return cls(q=q, chosen=chosen, tri=tri if tri in SORTS else "")

    def without(self, name: str, value: str = "") -> "Asked":
        """The same but for a value of a facet, or for the whole facet."""
        kept = tuple(v for v in self.chosen.get(name, ()) if value and v != value)
        rest = {key: values for key, values in self.chosen.items() if key != name}
        return Asked(q=self.q, chosen=rest | ({name: kept} if kept else {}), tri=self.tri)

    def only(self, name: str, value: str) -> "Asked":
        """The same with this one value under the facet."""
        return Asked(q=self.q, chosen={**self.chosen, name: (value,)}, tri=self.tri)

    def saying(self, words: str) -> "Asked":
        """The same with other words."""
        return Asked(q=words, chosen=self.chosen, tri=self.tri)

    def latest(self) -> "Asked":
        """The same, the latest first."""
        return Asked(q=self.q, chosen=self.chosen)

    @property
    def narrowed(self) -> bool:
        """True when something is asked."""
        return bool(self.q or self.chosen)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """(name, value) of each chosen value."""
        return ((name, value) for name in NAMES for value in self.chosen.get(name, ()))

    def query(self, **more: Any) -> str:
        """The query string that asks the same, always written in the same order."""
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
