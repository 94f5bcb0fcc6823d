"""Prepositions of countries: « au Honduras », « du Honduras », « aux Comores », « à Madagascar ».

A name that ends in « e » is feminine, any other is masculine; exceptions, islands without article
and plurals are listed. Source: list of countries of the French ministry of foreign affairs and of
the IGN, checked on 2026-12-01.
"""

import re
import unicodedata


def _key(name: str) -> str:
    spread = unicodedata.normalize("NFKD", name.casefold().replace("œ", "oe"))
    bare = "".join(c for c in spread if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z]+", bare))


def _keys(text: str) -> frozenset[str]:
    return frozenset(_key(name) for name in text.split("|"))


_PLURAL = _keys(
    "Comores|Émirats arabes unis|États-Unis|Maldives|Palaos|Pays-Bas|Pays-Bas caribéens|Seychelles|"
    "Philippines|Territoires palestiniens|Terres australes françaises|Bahamas|Bermudes|"
    "Samoa américaines"
)
# Without article: « à Cuba », « de Cuba ».
_BARE = _keys(
    "Anguilla|Antigua-et-Barbuda|Aruba|Bahreïn|Chypre|Cuba|Curaçao|Djibouti|Fidji|Gibraltar|Guam|"
    "Guernesey|Haïti|Hong Kong|Jersey|Kiribati|La Réunion|Macao|Madagascar|Malte|Maurice|Mayotte|"
    "Monaco|Montserrat|Nauru|Niue|Oman|Porto Rico|Samoa|Sao Tomé-et-Principe|Singapour|Taïwan|"
    "Tokelau|Tonga|Trinité-et-Tobago|Tuvalu|Wallis-et-Futuna"
)
_IN = _keys("Israël|Andorre")  # without article, but « en Israël », « d’Israël »
_ISLANDS = _keys("Barbade|Dominique|Grenade|Guadeloupe|Martinique")  # « à la Barbade »
_MASCULINE = _keys(
    "Belize|Cambodge|Mexique|Mozambique|Suriname|Zimbabwe|Royaume-Uni|Groenland|Costa Rica|"
    "Territoire britannique de l’océan Indien"
)
_FEMININE = _keys("Macédoine du Nord|RD Congo|Sierra Leone")
# Common names, used instead of those of CLDR.
USUAL_NAMES = frozenset(
    "Birmanie|Centrafrique|Guyane|Hong Kong|Macao|Palestine|RD Congo|Vatican|Vietnam".split("|")
)
_VOWEL = re.compile(r"[aeiou]|haiti")


def _is_bare(key: str) -> bool:
    return key in _BARE or key.startswith(("saint ", "sainte ", "r a s "))


def _is_feminine(key: str) -> bool:
    first = key.split()[0] if key else ""
    return key in _FEMININE or (first.endswith("e") and key not in _MASCULINE)


def _after_article(name: str) -> str:
    """Return a country name as written after an article: « îles Marshall »."""
    return f"î{name[1:]}" if name[:1] in ("Î", "î") else name


def in_country(name: str) -> str:
    """Return a country with « en », « au », « aux » or « à »: « au Togo », « à Cuba »."""
    key = _key(name)
    if key in _PLURAL or key.startswith("iles "):
        return f"aux {_after_article(name)}"
    if key.startswith("ile "):
        return f"à l’{_after_article(name)}"
    if _is_bare(key):
        return f"à {name}"
    if key in _ISLANDS:
        return f"à la {name}"
    return f"{'en' if key in _IN or _is_feminine(key) or _VOWEL.match(key) else 'au'} {name}"


def of_country(name: str) -> str:
    """Return a country with « de »: « du Togo », « des Comores », « de Cuba »."""
    key = _key(name)
    if key in _PLURAL or key.startswith("iles "):
        return f"des {_after_article(name)}"
    if _is_bare(key) or key in _IN:
        return f"d’{name}" if _VOWEL.match(key) else f"de {name}"
    if _VOWEL.match(key):
        return f"de l’{_after_article(name)}"
    return f"de la {name}" if _is_feminine(key) else f"du {name}"
