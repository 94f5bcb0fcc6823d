"""Sentences and skills that an author adds to a need by a click."""

from dataclasses import dataclass
from functools import cache

from explor.ground.reference.selectors import find, fold, label, terms

from .. import fields
from ..models import Need
from ..rules import Screen


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A sentence or a skill that a click adds to a field; `code` identifies it in the form."""

    code: str
    text: str


def offers_of(need: Need, screen: Screen, words: str = "") -> dict[str, list[Offer]]:
    """Return the suggestions by field name for a screen, except those already written.

    Args:
        words: the text of the skill search, "" without a search.
    """
    offers = {}
    for name in screen.fields:
        if name == "skills":
            offers[name] = _skills_for(need, words)
        elif fields.named(name).examples:
            lines = enumerate(examples_of(need.mission_type, name))
            present = getattr(need, name)
            offers[name] = [Offer(code=str(n), text=t) for n, t in lines if t not in present]
    return offers


def examples_of(mission_type: str, name: str) -> list[str]:
    """Return the example sentences of a mission type for the field `name`; [] for an unknown type.

    With "questions" as `name`, return instead the questions that the type invites to think about.
    """
    known = terms("mission_types").get(mission_type)
    return known.extra[name].split(" | ") if known else []


def _skills_for(need: Need, words: str) -> list[Offer]:
    """Return the skills not yet chosen that match `words` or, without words, the need's sectors."""
    if words:
        codes = skills_like(words)
    else:
        every = terms("skills").values()
        codes = [each.code for each in every if each.parent in need.sectors][:8]
    labels = [(code, label("skills", code)) for code in codes]
    return [Offer(code=code, text=text) for code, text in labels if text not in need.skills]


def skills_like(text: str, most: int = 8) -> list[str]:
    """Return the codes of at most `most` skills that match `text`, the shortest names first.

    In a match, each word of `text` is the beginning of a word of the name; case, accents,
    apostrophes and plurals are ignored.
    """
    words = singular(text).split()
    if not words:
        return []
    matches = [
        (len(name), code)
        for name, code in _skill_names()
        if all(any(part.startswith(word) for part in name.split()) for word in words)
    ]
    return list(dict.fromkeys(code for _, code in sorted(matches)))[:most]


def skill_named(text: str) -> str:
    """Return the label of the skill named `text`, singular or plural; `text` itself if unknown."""
    known = find("skills", text)
    if known:
        return known.label
    exact = dict(_skill_names()).get(singular(text))
    return label("skills", exact) if exact else text


def singular(text: str) -> str:
    """Return `text` without case and accents, each word without its plural ending."""
    return " ".join(
        word[:-1] if word[-1] in "sx" and len(word) > 3 else word for word in fold(text).split()
    )


@cache
def _skill_names() -> list[tuple[str, str]]:
    """Return (name as `singular` gives it, code) of all skills, synonyms before labels."""
    every = terms("skills").values()
    names = [(singular(name), each.code) for each in every for name in each.names[2:]]
    return names + [(singular(each.label), each.code) for each in every]
