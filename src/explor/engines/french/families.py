"""Families of French words: the other words that a reader expects when searching for one.

A family is a set of endings after the same letters, or a list of words. An ending makes words that
may not exist: they find nothing. All are written without accents, in the singular.
"""

from functools import lru_cache
from itertools import permutations, product

import Stemmer

from . import endings
from .irregular import FAMILIES, STRANGERS

# Endings that another one, of other words, ends with.
LONGER = {"e": "ee", "ir": "oir"}
# Endings after which no other is put in place of « e » or of none: « formation », « musique ».
COMPLETE = tuple(
    "ion eur if er ir al el ique able ible isme iste ance ence aire euse trice elle enne logie "
    "esse iere".split()
)
KEPT = ("a", "i", "o", "u")  # letters after which the stem of PostgreSQL keeps an « s »
NEVER_LAST = "aeiouysxz"  # letters that no word without an ending ends with
LEAST_ROOT = 4  # letters of an adjective or a noun of which a verb is made with a prefix
# Prefixes and endings of these verbs, and of their nouns.
MADE_OF = (
    (
        "a e en em r re ra al ap af as ac".split(),
        ("ir", "issement", "issage", "isseur", "issant"),
    ),
    (("en", "em"), ("er", "ement", "eur")),
)
_STEMMER = Stemmer.Stemmer("french", 0)


@lru_cache(maxsize=1 << 14)
def variants(word: str) -> tuple[str, ...]:
    """Return a folded word, then the other words of its family; plurals are left to the stems."""
    single = singular(word)
    others = [single]
    for form in dict.fromkeys((single, word)):
        others += _families().get(form, ())
        others += _exchanged(form, endings.GENDERS)
        others += _exchanged(form, endings.FAMILIES)
        others += _with_or_without_prefix(form)
    if single.endswith("ee") and len(single) > 4:
        others.append(single[:-1])
    far = _strangers().get(_stem(single))
    kept = [each for each in others if _stem(each) not in far] if far else others
    return tuple(dict.fromkeys([word, *kept, *map(_plural, kept)]))


def _with_or_without_prefix(word: str) -> list[str]:
    """Return what a verb is made of with a prefix, or such verbs: « large », « élargir »."""
    result = []
    for prefixes, its_endings in MADE_OF:
        for prefix, ending in product(prefixes, its_endings):
            root = word[len(prefix) : -len(ending)]
            if len(root) >= LEAST_ROOT and word.startswith(prefix) and word.endswith(ending):
                result += [root, f"{root}e"]
    base = word.removesuffix("e")
    if len(base) >= LEAST_ROOT and base[-1] not in NEVER_LAST and not word.endswith(COMPLETE):
        result += [
            f"{prefix}{base}{ending}"
            for prefixes, its_endings in MADE_OF
            for prefix, ending in product(prefixes, its_endings[:2])
        ]
    return result


def _stem(word: str) -> str:
    return str(_STEMMER.stemWord(word))


def _plural(word: str) -> str:
    """Return the plural of a word whose stem keeps its last letter, as « bambous »; else itself."""
    return f"{word}s" if word.endswith(KEPT) else word


def numbers(word: str) -> tuple[str, ...]:
    """Return a folded word, then the forms that only another number gives it."""
    single = singular(word)
    ends = single.endswith(("eau", "ou", "ieu"))
    return tuple(dict.fromkeys([word, single, f"{single}{'x' if ends else 's'}"]))


def singular(word: str) -> str:
    """Return a folded word without the ending of its plural; four letters or fewer are kept."""
    if len(word) > 4 and word.endswith(("eaux", "oux", "ieux")):
        return word[:-1]
    return word[:-1] if word.endswith("s") and len(word) > 4 else word


def _exchanged(word: str, sets: endings.Sets) -> list[str]:
    """Return what a word becomes when its ending is exchanged for the others of each set."""
    return [
        root + each
        for least, group in sets
        for ending in group
        if _ends(word, ending) and len(root := word.removesuffix(ending)) >= least
        for each in group
        if each or root[-1] not in NEVER_LAST
    ]


def _ends(word: str, ending: str) -> bool:
    """Tell whether a word has an ending; none at all only follows a consonant."""
    if ending in ("", "e") and word.endswith(COMPLETE):
        return False
    if not ending:
        return word[-1] not in NEVER_LAST
    if ending in LONGER:
        return word.endswith(ending) and not word.endswith(LONGER[ending])
    return word.endswith(ending)


@lru_cache(maxsize=1)
def _strangers() -> dict[str, set[str]]:
    """Return, by stem of a word, the stems of those that look like it and mean something else."""
    result: dict[str, set[str]] = {}
    for line in STRANGERS.strip().splitlines():
        sides = [set(map(_stem, side.split())) for side in line.split("|")]
        for side, other in permutations(sides, 2):
            # What the stems take for one word cannot be set apart.
            for stem in side - other:
                result.setdefault(stem, set()).update(other - side)
    return result


@lru_cache(maxsize=1)
def _families() -> dict[str, list[str]]:
    """Return the words of the lists, each with those of every list that has it."""
    result: dict[str, list[str]] = {}
    for line in FAMILIES.strip().splitlines():
        for word in line.split():
            result.setdefault(word, []).extend(line.split())
    return result
