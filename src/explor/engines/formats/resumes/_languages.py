"""The code of a language, from any of its codes or names."""

import unicodedata
from functools import cache

from babel import Locale
from babel.core import get_global

from ._resume import DIMENSIONS, LEVELS, Language

NAMED_IN = ("fr", "en", "es", "de", "it", "pt")


def code_of(text: str) -> str:
    """Return the shortest ISO code of a language, "" for an unknown one.

    `text` is a code of two or three letters (`fr`, `fra`, `fre`), with a region or not (`fr-CA`),
    or a name in one of six languages.
    """
    word = _folded(text)
    base = word.replace("_", "-").partition("-")[0]
    base = str(get_global("language_aliases").get(base, base)).partition("_")[0]
    if base in Locale("en").languages and len(base) in (2, 3) and base not in ("und", "mul"):
        return base
    return _by_name().get(word, "")


def language(text: str, name: str, levels: dict[str, str], *, mother: bool = False) -> Language:
    """Return a language with its valid levels; `levels` is {dimension: level}."""
    kept = {
        dimension: levels[dimension].strip().upper()
        for dimension in DIMENSIONS
        if levels.get(dimension, "").strip().upper() in LEVELS
    }
    return Language(code=code_of(text), name=name or text, mother_tongue=mother, levels=kept)


def distinct(languages: list[Language]) -> tuple[Language, ...]:
    """Return at most fifty languages without duplicates, preferring mother tongue over level."""
    known: dict[str, Language] = {}
    for each in sorted(languages, key=lambda one: not one.mother_tongue):
        if each.code or each.name:
            known.setdefault(each.code or each.name.casefold(), each)
    return tuple(known.values())[:50]


@cache
def _by_name() -> dict[str, str]:
    return {
        _folded(name): code
        for spoken in reversed(NAMED_IN)
        for code, name in Locale(spoken).languages.items()
    }


def _folded(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold().strip())
    return "".join(each for each in letters if not unicodedata.combining(each))
