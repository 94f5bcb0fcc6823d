"""The facets as a page shows them: values, counts, and the links that remove them."""

import json
from dataclasses import dataclass
from heapq import nlargest

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from explor.ground.reference.queries import UnknownTerm, label, sort_key

from .answers import Answer
from .asked import FACETS, Asked, Facet

SHOWN = 8
STATUSES = {
    "a-venir": "à venir",
    "en-cours": "en cours",
    "termine": "terminé",
    "a-confirmer": "à confirmer",
}


@dataclass(frozen=True, kw_only=True)
class Value:
    """One box to tick."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One facet: its first values and how many more there are; `everything` is where they are."""

    name: str
    title: str
    values: list[Value]
    more: int
    everything: str
    open: bool

    @property
    def boxes(self) -> SafeString:
        """The boxes as HTML, written at once: a page holds some eighty of them."""
        head = f'<li><label><input type="checkbox" form="chercher" name="{self.name}" value="'
        lines = (
            f'{head}{escape(each.value)}"{" checked" if each.chosen else ""}>'
            f" {escape(each.label)} <small>{each.count}</small></label></li>"
            for each in self.values
        )
        return mark_safe("".join(lines))


@dataclass(frozen=True, kw_only=True)
class Chip:
    """One thing asked, and the address of the list without it."""

    label: str
    url: str


def shown(answer: Answer, *, whole: str = "") -> list[Shown]:
    """Each facet that has values, the most frequent first; `whole` names the one shown in full."""
    names = json.loads(answer.at.networks)
    every = (_shown(facet, answer, names, whole == facet.name) for facet in FACETS)
    return [facet for facet in every if facet.values]


def chips(asked: Asked, facets: list[Shown]) -> list[Chip]:
    """What is asked, each with a way to take it back."""
    said = [Chip(label=f"« {asked.q} »", url=asked.saying("").query())] if asked.q else []
    return said + [
        Chip(label=label_in(facets, name, value), url=asked.without(name, value).query())
        for name, value in asked.pairs()
    ]


def label_in(facets: list[Shown], name: str, value: str) -> str:
    """What a value shown by a facet is called."""
    values = (each for facet in facets if facet.name == name for each in facet.values)
    return next((each.label for each in values if each.value == value), value)


def _named(facet: Facet, value: str, networks: dict[str, str]) -> str:
    """What a value is called on the page; as it is written when it is in no list."""
    if facet.name == "statut":
        return STATUSES.get(value, value)
    if facet.name == "reseau":
        return networks.get(value, value)
    if not facet.reference:
        return value
    try:
        text = label(facet.reference, value)
    except UnknownTerm:
        return value
    return f"{value}. {text}" if facet.name == "odd" else text


def _shown(facet: Facet, answer: Answer, names: dict[str, str], whole: bool) -> Shown:
    chosen = answer.asked.chosen.get(facet.name, ())
    counts = dict.fromkeys(chosen, 0) | answer.counts[facet.name]
    by_count = facet.name not in ("annee", "statut")
    named = _first(counts, chosen) if by_count and not whole else counts
    values = [
        Value(value=v, label=_named(facet, v, names), count=n, chosen=v in chosen)
        for v, n in named.items()
    ]
    if by_count:
        values.sort(key=lambda each: (-each.count, sort_key(each.label)))
    elif facet.name == "annee":
        values.sort(key=lambda each: each.value, reverse=True)
    else:
        values.sort(
            key=lambda each: list(STATUSES).index(each.value) if each.value in STATUSES else 9
        )
    kept = values if whole else [v for at, v in enumerate(values) if at < SHOWN or v.chosen]
    return Shown(
        name=facet.name,
        title=facet.title,
        values=kept,
        more=len(counts) - len(kept),
        everything=answer.asked.query(voir=facet.name),
        open=bool(chosen) or whole,
    )


def _first(counts: dict[str, int], chosen: tuple[str, ...]) -> dict[str, int]:
    """Those that may be among the first shown: the hundreds of others need no name."""
    least = min(nlargest(SHOWN, counts.values()), default=0)
    return {value: n for value, n in counts.items() if n >= least or value in chosen}
