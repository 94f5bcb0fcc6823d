"""The French prepositions « de » and « à » before a proper name: « d’Arnaud », « au Togo »."""

import re
import unicodedata
from functools import cache

from babel import Locale

from explor.engines.french.places import USUAL_NAMES, in_country, of_country

# « de » is elided before « Yves » or « Ypres », but not before « Yaoundé » or « Yasmine ».
_ELIDES = re.compile(r"[aeiou]|y[^aeiou]", re.IGNORECASE)
# The letter « h » may be silent or not: these words and first names start with a silent one.
_MUTE_H = (
    "habitants habitat herault histoire histoires homme hommes hopital hopitaux horizon horizons "
    "hospices humanitaire humanite habib hadrien hector helen helena helene heloise henri "
    "henriette hermine herve hilaire hippolyte honore honorine horace hortense hubert huguette "
    "hyacinthe"
).split()
_ARTICLES = {"le": ("du", "au"), "les": ("des", "aux")}


def of(name: object) -> str:
    """Return a name after « de »: « de Marie », « d’Arnaud », « du Mans », « du Honduras »."""
    if is_country(name):
        return of_country(str(name))
    text, (article, _, rest) = str(name), str(name).partition(" ")
    if rest and article.lower() in _ARTICLES:
        return f"{_ARTICLES[article.lower()][0]} {rest}"
    return f"d’{text}" if _is_elided(text) else f"de {text}"


def at(name: object) -> str:
    """Return a name after « à »: « à Marie », « au Mans », « aux Abymes », « en Guinée »."""
    if is_country(name):
        return in_country(str(name))
    article, _, rest = str(name).partition(" ")
    if rest and article.lower() in _ARTICLES:
        return f"{_ARTICLES[article.lower()][1]} {rest}"
    return f"à {name}"


def is_country(name: object) -> bool:
    """Return whether a name is that of a country, in CLDR or in common usage."""
    return str(name).replace("'", "’") in _countries()


@cache
def _countries() -> frozenset[str]:
    named: dict[str, str] = dict(Locale("fr").territories)
    listed = {text.replace("'", "’") for code, text in named.items() if len(code) == 2}
    return frozenset(listed | USUAL_NAMES)


def _is_elided(name: str) -> bool:
    decomposed = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "Oe"))
    bare = "".join(each for each in decomposed if not unicodedata.combining(each))
    if re.split(r"[\s-]", bare.lower(), maxsplit=1)[0] in _MUTE_H:
        return True
    return _ELIDES.match(bare) is not None
