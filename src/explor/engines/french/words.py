"""Words of a French search: stop words are ignored, and variants of each word are added.

A search is converted to a PostgreSQL `tsquery`, whose index holds stems of words without accents.
The other forms of a word are therefore added to the search, never to the index.
"""

import re
import unicodedata
from collections.abc import Container
from itertools import pairwise

from .families import numbers, singular, variants
from .small_words import STOP

PARTS = re.compile(r'-?"[^"]*"|\S+')
_QUOTES = re.compile(r"[«“”„»]")
# One word between French quotation marks, which a text has more often than a search: no phrase.
_ONE_QUOTED = re.compile(r"«\s*([^\s«»\"]+)\s*»")
_APOSTROPHES = re.compile(r"['’‘ʼ`´]")
_DASHES = re.compile(r"[‐‑‒–—−]")
# Soft hyphens and marks without width, which a text that was pasted may have.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_FORM = re.compile(r"'([^']+)'")  # a word of a query
_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
# Elided words, which may be written with a space or without apostrophe.
SMALL = STOP | set("c d j l m n s t y qu jusqu lorsqu puisqu".split())

SHORTEST = 4  # letters of each half of a word that may be two; three when the first ends with o
# First parts of words written in one piece, with a hyphen or apart: « agro-écologie ».
PREFIXES = tuple(
    "agro anti audio auto bio co eco electro geo hydro inter micro multi photo pluri psycho "
    "radio socio tele thermo".split()
)


def fold(text: str) -> str:
    """Return a text in lower case, without accents or ligatures, its typography made plain."""
    text = _INVISIBLE.sub("", text)
    text = _DASHES.sub("-", _APOSTROPHES.sub(" ", _QUOTES.sub('"', text)))
    text = text.casefold().replace("œ", "oe").replace("æ", "ae")
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def parts(search: str) -> list[str]:
    """Return the parts of a search as written: words, phrases between quotes, excluded words.

    Stop words, which nearly every sheet contains, are left out unless there is nothing else.
    """
    plain = _QUOTES.sub('"', _ONE_QUOTED.sub(r" \1 ", search))
    every = [part for part in PARTS.findall(plain) if _TOKEN.search(fold(part))]
    kept = [part for part in every if not set(_TOKEN.findall(fold(part))) <= SMALL or '"' in part]
    return kept or every


def list_words(search: str, most: int) -> list[tuple[str, tuple[tuple[str, ...], ...]]]:
    """Return the words of the search of a list, at most `most`, each with the ways to find it.

    A way is the parts of words that a name must contain, folded: « saint-étiennes » is found by
    « saint » and « etienne », and « agroécologie » by itself or by « agro » and « ecologie ».
    """
    typed = [part.strip('-"') for part in parts(search)]
    return [(word, _ways(word)) for word in typed if _TOKEN.search(fold(word))][:most]


def _ways(word: str) -> tuple[tuple[str, ...], ...]:
    every = _pieces(fold(word))
    pieces = tuple(_stem(piece) for piece in every if piece not in SMALL) or tuple(every)
    prefix = next((each for each in PREFIXES if _has_prefix(pieces[0], each)), "")
    if len(pieces) == 1 and prefix:
        return pieces, (prefix, pieces[0][len(prefix) :])
    if len(pieces) > 1 and len(pieces) == len(every) and "-" in fold(word):
        return pieces, ("".join(pieces),)
    return (pieces,)


def _stem(piece: str) -> str:
    """Return a word without the ending of its plural, which another word may begin with."""
    if len(piece) <= 4:
        return piece
    return piece[:-1] if piece.endswith(("s", "x")) else piece


def _has_prefix(token: str, prefix: str) -> bool:
    return token.startswith(prefix) and len(token) >= len(prefix) + 4


def forms(query: str) -> list[str]:
    """Return the words of the text of a `tsquery`, each once."""
    return list(dict.fromkeys(_FORM.findall(query)))


def tsquery(search: str, known: Container[str] | None = None) -> str:
    """Return a search as the text of a PostgreSQL `tsquery`; "" for an empty search.

    A phrase is searched as written; an excluded word excludes its own forms only. A word is also
    found in one piece with its neighbour: « agro écologie », « volley ball ».

    Args:
        search: what was typed.
        known: the forms that some text has; the others, often no words, are left out of the query,
            which then finds the same texts for less. None keeps every form.
    """
    every = parts(search)
    folded = [fold(part) for part in every]
    pairs = [_one_piece(*pair) for pair in pairwise(folded)]
    conditions = []
    for at, part in enumerate(every):
        around = [pair for pair in ([*pairs[max(at - 1, 0) : at], *pairs[at : at + 1]]) if pair]
        ways = [_condition(part, known), *(_quoted(pair) for pair in around)]
        conditions.append(f"({' | '.join(ways)})" if around else ways[0])
    return " & ".join(conditions)


def _one_piece(first: str, second: str) -> str:
    """Return two words in one piece; "" for phrases, excluded words, numbers and small words."""
    pair = []
    for part in (first, second):
        words = [token for token in _TOKEN.findall(part) if token not in SMALL]
        if len(words) != 1 or len(words[0]) < 2 or not words[0].isalpha() or part[0] in '-"':
            return ""
        pair += words
    return "".join(pair)


def _condition(part: str, known: Container[str] | None) -> str:
    folded = fold(part)
    if folded.startswith("-"):
        return f"!({' <-> '.join(_quoted(word) for word in _pieces(folded))})"
    if '"' in folded:
        return f"({' <-> '.join(_quoted(word) for word in _pieces(folded))})"
    tokens = [token for token in _TOKEN.findall(folded) if token not in SMALL]
    return " & ".join(_either(token, part, known) for token in tokens or _TOKEN.findall(folded))


def _either(token: str, written: str, known: Container[str] | None) -> str:
    """Return the condition that a sheet contains one of the forms of a word."""
    if "-" in token:
        pieces = token.split("-")
        # The index has no small word: only its place counts.
        adjacent = " <-> ".join(
            _any((piece,) if piece in SMALL else numbers(piece)) for piece in pieces
        )
        joined = dict.fromkeys(("".join(pieces), "".join(singular(piece) for piece in pieces)))
        if len(pieces) == 2 and pieces[0].endswith("e") and pieces[1][0] in "aeiouh":
            joined[pieces[0][:-1] + pieces[1]] = None  # « entre-aide », « entraide »
        return f"(({adjacent}) | {' | '.join(_quoted(each) for each in joined)})"
    every = list(variants(token))
    if re.search(r"ée?s?$", unicodedata.normalize("NFC", written.lower())):
        base = re.sub(r"ee?s?$", "e", token)
        every = list(dict.fromkeys([*every, base, f"{base}e"]))
    kept = [form for form in every if known is None or form in known or form == token]
    pairs = [
        pair for pair in _halves(token) if known is None or all(half in known for half in pair)
    ]
    ways = [*map(_quoted, kept), *(f"({_quoted(one)} <-> {_quoted(two)})" for one, two in pairs)]
    return f"({' | '.join(ways)})"


def _halves(token: str) -> list[tuple[str, str]]:
    """Return the two words that a word in one piece may be, as « volleyball »."""
    cuts = [len(prefix) for prefix in PREFIXES if _has_prefix(token, prefix)]
    if token.isalpha():
        cuts += [
            at
            for at in range(SHORTEST - 1, len(token) - SHORTEST + 1)
            if at >= SHORTEST or token[at - 1] == "o"
        ]
    halves = [(token[:at], token[at:]) for at in dict.fromkeys(cuts)]
    return [pair for pair in halves if not SMALL.intersection(pair)]


def _pieces(folded: str) -> list[str]:
    return re.findall(r"[^\W_]+", folded)


def _any(words: tuple[str, ...]) -> str:
    return f"({' | '.join(_quoted(word) for word in words)})"


def _quoted(word: str) -> str:
    return f"'{word}'"
