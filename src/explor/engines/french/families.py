"""Families of French words: the other words that a reader expects when searching for one.

A family is a set of endings after the same letters, or a list of words. An ending makes words that
may not exist: they find nothing. All are written without accents, in the singular.
"""

from functools import lru_cache
from itertools import permutations

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
# Words that share an ending with others and mean something else.
APART = frozenset(
    "ambulance ambulant barriere bouclier capture carriere chaleur chantage chantier chapelle "
    "collectif collection collier collision commun composite contrat couler couleur courage "
    "coureur direct facteur facture faillite format frontiere generateur generation gravier image "
    "importance important instance instant langage menage message mortier objectif objection "
    "ouvrage patience patient personnage polit potage pompier populaire positif position posture "
    "poussiere procedure publicite qualite quartier relatif relation rivage sauvage tablier "
    "terreur tonnelle universite village visage voyage".split()
)


@lru_cache(maxsize=1 << 14)
def variants(word: str) -> tuple[str, ...]:
    """Return a folded word, then the other words of its family; plurals are left to the stems."""
    single = singular(word)
    others = [single]
    for form in dict.fromkeys((single, word)):
        others += _families().get(form, ())
        others += _exchanged(form, endings.GENDERS)
        if form not in APART:
            others += [each for each in _exchanged(form, endings.FAMILIES) if each not in APART]
    if single.endswith("ee") and len(single) > 4:
        others.append(single[:-1])
    far = _strangers().get(single, set())
    kept = [each for each in others if each not in far]
    return tuple(dict.fromkeys([word, *kept, *map(_plural, kept)]))


def _plural(word: str) -> str:
    """Return the plural of a word whose stem keeps its last letter, as « bambous »; else itself."""
    return f"{word}s" if word.endswith(KEPT) else word


def numbers(word: str) -> tuple[str, ...]:
    """Return a folded word, then the forms that only another number gives it."""
    single = singular(word)
    ends = single.endswith(("eau", "ou", "ieu"))
    return tuple(dict.fromkeys([word, single, f"{single}{'x' if ends else 's'}"]))


def singular(word: str) -> str:
    """Return a folded word without the ending of its plural."""
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
    """Return the words that mean something else than each word, although they look like it."""
    result: dict[str, set[str]] = {}
    for line in STRANGERS.strip().splitlines():
        sides = [_both_genders(side.split()) for side in line.split("|")]
        for side, other in permutations(sides, 2):
            for word in side:
                result.setdefault(word, set()).update(other)
    return result


def _both_genders(words: list[str]) -> list[str]:
    return [form for word in words for form in (word, *_exchanged(word, endings.GENDERS))]


@lru_cache(maxsize=1)
def _families() -> dict[str, list[str]]:
    """Return the words of the lists, each with those of every list that has it."""
    result: dict[str, list[str]] = {}
    for line in FAMILIES.strip().splitlines():
        for word in line.split():
            result.setdefault(word, []).extend(line.split())
    return result
