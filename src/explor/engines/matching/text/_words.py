"""Conversion of a text in French or English to words that can be compared.

The order of the steps matters: lower case, ligatures, elisions, accents, gendered endings, and only
then the stem, so that a text typed in capitals or without accents gives the same words.
"""

import re
import unicodedata
from functools import lru_cache

import Stemmer

from explor.engines.french.small_words import ONLY_ENGLISH, ONLY_FRENCH

_LIGATURES = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "’": "'", "ʼ": "'", "‘": "'", "…": " ", "·": ".", "•": "."}
)
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu)'(?=\w)")
# "chargé(e)", "infirmier.ère", "directeur/trice", "agent.e.s": the ending is dropped because
# `neutral` gives both genders one form.
_ENDING = re.compile(
    r"(?<=[a-z]{3})\s?[(/.-]\s?-?(?:e|es|ne|nes|trice|trices|euse|euses|i?eres?|i?ennes?)"
    r"(?:\)|\.s)?(?![a-z])"
)
ASKING = frozenset(
    "combien comment lequel laquelle pourquoi quand quel quelle quelles quels qui quoi "
    "how what when where which who why".split()
)
ENOUGH = 40  # characters that certainly contain the first word
_WORD = re.compile(r"[^\W_]+[+#]*")
_GENDERED = (
    (re.compile(r"(?:eure?|eux|euse)s?$"), "eu"),
    (re.compile(r"trices?$"), "teu"),
    (re.compile(r"ieres?$"), "ier"),
    (re.compile(r"(?:ienne|ien)s?$"), "ien"),
    (re.compile(r"ees?$"), "e"),
)
_STEMMERS = {"fr": Stemmer.Stemmer("french", 0), "en": Stemmer.Stemmer("english", 0)}


def fold(text: str) -> str:
    """Return a text in lower case without accents, ligatures or elisions (« l' », « qu' »)."""
    text = text.lower().translate(_LIGATURES)
    if "'" in text:
        text = _ELISION.sub(" ", text)
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """Return the folded words of a text; « chargé, chargée » counts as a single word."""
    folded = _ENDING.sub("", fold(text))
    kept: list[str] = []
    for word in _WORD.findall(folded):
        if kept and word[:3] == kept[-1][:3] and neutral(word) == neutral(kept[-1]):
            continue
        kept.append(word)
    return kept


def as_written(text: str) -> list[tuple[str, str]]:
    """Return (word as written, folded form by which it is compared) for each word of a text."""
    return [(token, word) for token in _WORD.findall(text) for word in words(token)]


@lru_cache(maxsize=1 << 18)
def neutral(word: str) -> str:
    """Return the common form of the masculine and the feminine of a folded word.

    A word of fewer than five letters is returned as it is.
    """
    if len(word) < 5:
        return word
    for ending, form in _GENDERED:
        changed, times = ending.subn(form, word)
        if times:
            return changed
    return word


@lru_cache(maxsize=1 << 18)
def stem(word: str, language: str) -> str:
    """Return the Snowball stem of a folded word; `language` is "fr" or "en"."""
    form = word if language == "en" else neutral(word)
    return str(_STEMMERS[language].stemWord(form))


def language_of(folded: list[str]) -> str:
    """Return "fr" or "en", or "" when the folded words of a text do not decide."""
    french = sum(1 for word in folded if word in ONLY_FRENCH)
    english = sum(1 for word in folded if word in ONLY_ENGLISH)
    if max(french, english) < 2 or french == english:
        return ""
    return "fr" if french > english else "en"


def is_question(text: str) -> bool:
    """Return whether a text is a question, in which stop words ("comment", "qui") count."""
    first = _WORD.findall(fold(text[:ENOUGH]))[:1]
    return "?" in text or bool(ASKING.intersection(first))
