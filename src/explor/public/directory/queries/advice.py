"""When nothing answers: what to take back, and where there is something near."""

from dataclasses import dataclass

from .answers import Answer
from .asked import Asked
from .facets import Shown, label_in
from .words import shorter

NEAR = 3
FEWER = 6


@dataclass(frozen=True, kw_only=True)
class Way:
    """One way out of an empty list."""

    text: str
    count: int
    url: str


def ways_out(answer: Answer, facets: list[Shown]) -> list[Way]:
    """Other values of a facet that would answer, then the search without one of its parts."""
    asked = answer.asked
    near = [
        Way(
            text=label_in(facets, name, value),
            count=count,
            url=asked.only(name, value).query(),
        )
        for name in asked.chosen
        for value, count in sorted(answer.counts[name].items(), key=lambda p: (-p[1], p[0]))[:NEAR]
    ]
    wider = [
        Way(text=_left_out(asked, name, facets), count=count, url=asked.without(name).query())
        for name, count in answer.without.items()
        if name != "q"
    ]
    return near + wider + _fewer_words(asked) + _no_words(answer)


def _fewer_words(asked: Asked) -> list[Way]:
    """What fewer of the words would find, where nothing else was asked."""
    if asked.chosen or not asked.q:
        return []
    found = list(shorter(asked.q).items())[:FEWER]
    return [
        Way(text=f"« {words} »", count=count, url=asked.saying(words).query())
        for words, count in found
    ]


def _no_words(answer: Answer) -> list[Way]:
    """The rest of what is asked without any word, where words are not all of it."""
    count, asked = answer.without.get("q", 0), answer.asked
    if not count or not asked.chosen:
        return []
    return [Way(text=f"sans les mots « {asked.q} »", count=count, url=asked.saying("").query())]


def _left_out(asked: Asked, name: str, facets: list[Shown]) -> str:
    told = ", ".join(label_in(facets, name, value) for value in asked.chosen[name])
    return f"sans « {told} »"
