"""The facets as a page shows them: values, counts, and the links that remove them."""

from dataclasses import dataclass

from explor.actors.networks.models import Network
from explor.ground.reference.queries import UnknownTerm, label

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


@dataclass(frozen=True, kw_only=True)
class Chip:
    """One thing asked, and the address of the list without it."""

    label: str
    url: str


def shown(answer: Answer, *, whole: str = "") -> list[Shown]:
    """Each facet that has values, the most frequent first; `whole` names the one shown in full."""
    names = dict(Network.objects.values_list("slug", "name"))
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
    counts = answer.counts[facet.name] | {
        value: answer.counts[facet.name].get(value, 0) for value in chosen
    }
    values = [
        Value(value=v, label=_named(facet, v, names), count=n, chosen=v in chosen)
        for v, n in counts.items()
    ]
    if facet.name == "annee":
        values.sort(key=lambda each: each.value, reverse=True)
    elif facet.name == "statut":
        values.sort(
            key=lambda each: list(STATUSES).index(each.value) if each.value in STATUSES else 9
        )
    else:
        values.sort(key=lambda each: (-each.count, each.label))
    kept = values if whole else [v for at, v in enumerate(values) if at < SHOWN or v.chosen]
    return Shown(
        name=facet.name,
        title=facet.title,
        values=kept,
        more=len(values) - len(kept),
        everything=answer.asked.query(voir=facet.name),
        open=bool(chosen) or whole,
    )
