"""Words of a French search: stop words are ignored, and variants of each word are added.

A search is converted to a PostgreSQL `tsquery`, whose index holds stems of words without accents.
The other forms of a word are therefore added to the search, never to the index.
"""

import re
import unicodedata
from functools import lru_cache

from .small_words import STOP

PARTS = re.compile(r'-?"[^"]*"|\S+')
_QUOTES = re.compile(r"[«“”„»]")
_APOSTROPHES = re.compile(r"['’‘ʼ`´]")
_DASHES = re.compile(r"[‐‑‒–—−]")
_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
# Elided words, which may be written with a space or without apostrophe.
SMALL = STOP | set("c d j l m n s t y qu jusqu lorsqu puisqu".split())

# Families of endings: a word with one ending is searched with all others of the family. The number
# is the minimum of letters before the ending, so that short words (« moteur », « motion ») are not
# confused.
ENDINGS = (
    (5, "age er ere"),
    (5, "teur trice tion"),
    (5, "aire arite"),
    (5, "ique icien icienne icite"),
    (3, "able abilite"),
    (4, "ible ibilite"),
    (3, "culture culteur cultrice"),
    (3, "ier iere"),
    (3, "ien ienne"),
    (4, "eur euse"),
    (3, "if ive"),
    (3, "eux euse"),
    (4, "el elle"),
)
# Families of words without common endings, chosen for Explor from its own project sheets.
FAMILIES = """
association associatif associative
boulanger boulangerie
cooperer cooperation cooperatif cooperative
creer createur creatrice creation
cultiver culture cultivateur cultivatrice
ecole scolaire scolarite
elever elevage eleveur eleveuse
enseigner enseignant enseignante enseignement
forer forage foreur
former formateur formatrice formation
irriguer irrigation
jardin jardinage jardinier jardiniere
maraicher maraichere maraichage
menuisier menuisiere menuiserie
pecher pecheur pecheuse pecherie
sante sanitaire
soigner soignant soignante soin
solidaire solidarite
vacciner vaccination vaccin
"""
# Prefixes written joined, with a hyphen or separately: « agro-écologie ».
PREFIXES = tuple(
    "agro anti audio auto bio co eco electro geo hydro inter micro multi photo pluri psycho "
    "radio socio tele thermo".split()
)


def fold(text: str) -> str:
    """Return a text in lower case, without accents or ligatures, with plain punctuation."""
    text = _DASHES.sub("-", _APOSTROPHES.sub(" ", _QUOTES.sub('"', text)))
    text = text.casefold().replace("œ", "oe").replace("æ", "ae")
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def parts(search: str) -> list[str]:
    """Return the parts of a search as written: words, phrases between quotes, excluded words.

    Stop words, which nearly every sheet contains, are left out unless there is nothing else.
    """
    plain = _QUOTES.sub('"', search)
    every = [part for part in PARTS.findall(plain) if _TOKEN.search(fold(part))]
    kept = [part for part in every if not set(_TOKEN.findall(fold(part))) <= SMALL or '"' in part]
    return kept or every


def tsquery(search: str) -> str:
    """Return a search as the text of a PostgreSQL `tsquery`; "" for an empty search.

    A phrase is searched as written; an excluded word excludes its own forms only.
    """
    return " & ".join(_joined([_condition(part) for part in parts(search)], parts(search)))


def _condition(part: str) -> str:
    folded = fold(part)
    if folded.startswith("-"):
        return f"!({' <-> '.join(_quoted(word) for word in _pieces(folded))})"
    if '"' in folded:
        return f"({' <-> '.join(_quoted(word) for word in _pieces(folded))})"
    tokens = [token for token in _TOKEN.findall(folded) if token not in SMALL]
    return " & ".join(_either(token, part) for token in tokens or _TOKEN.findall(folded))


def _joined(conditions: list[str], every: list[str]) -> list[str]:
    """Merge the conditions of a prefix and the next word, so « agro écologie » also finds one word.

    `every` holds the words of `conditions`, in the same order.
    """
    result: list[str] = []
    for at, condition in enumerate(conditions):
        first = fold(every[at - 1]) if at else ""
        second = fold(every[at])
        if first in PREFIXES and second.isalpha():
            result[-1] = f"(({result[-1]} & {condition}) | {_quoted(first + second)})"
        else:
            result.append(condition)
    return result


def _either(token: str, written: str) -> str:
    """Return the condition that a sheet contains one of the forms of a word."""
    if "-" in token:
        pieces = token.split("-")
        adjacent = " <-> ".join(_quoted(piece) for piece in pieces)
        return f"(({adjacent}) | {_quoted(''.join(pieces))})"
    forms = [_quoted(form) for form in variants(token)]
    if re.search(r"ée?s?$", unicodedata.normalize("NFC", written.lower())):
        base = re.sub(r"ee?s?$", "e", token)
        forms = list(dict.fromkeys([*forms, _quoted(base), _quoted(base + "e")]))
    forms += [
        f"({_quoted(prefix)} <-> {_quoted(token[len(prefix) :])})"
        for prefix in PREFIXES
        if token.startswith(prefix) and len(token) >= len(prefix) + 4
    ]
    return f"({' | '.join(forms)})"


@lru_cache(maxsize=1 << 14)
def variants(word: str) -> tuple[str, ...]:
    """Return a folded word and the other words of its family, without plurals.

    Plurals are handled by the stems of the index.
    """
    single = word[:-1] if word.endswith("s") and len(word) > 4 else word
    others: list[str] = list(_families().get(single, ()))
    for least, line in ENDINGS:
        endings = line.split()
        for ending in endings:
            root = single.removesuffix(ending)
            if root != single and len(root) >= least:
                others += [root + each for each in endings]
    if single.endswith("ee") and len(single) > 4:
        others.append(single[:-1])
    return tuple(dict.fromkeys([word, *others]))


@lru_cache(maxsize=1)
def _families() -> dict[str, list[str]]:
    lines = (line.split() for line in FAMILIES.strip().splitlines())
    return {word: line for line in lines for word in line}


def _pieces(folded: str) -> list[str]:
    return re.findall(r"[^\W_]+", folded)


def _quoted(word: str) -> str:
    return f"'{word}'"
