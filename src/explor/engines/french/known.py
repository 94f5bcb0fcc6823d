"""The words of French, so that a right word that no text has is not taken for a fault.

They are those of the package `pyspellchecker` (MIT licence), with their inflected forms: 140,000.
"""

import unicodedata
from functools import lru_cache

from spellchecker import SpellChecker


def is_french(word: str) -> bool:
    """Return whether a folded word is a French word; the list is read at the first call."""
    return word in _known()


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(map(_bare, SpellChecker(language="fr", distance=1).word_frequency.keys()))


def _bare(word: str) -> str:
    """Return a word of the list as `words.fold` does, which is too slow for so many."""
    if word.isascii():
        return word
    spread = unicodedata.normalize("NFD", word.replace("œ", "oe").replace("æ", "ae"))
    return "".join(c for c in spread if not unicodedata.combining(c))
