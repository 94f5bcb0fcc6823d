"""Conversion of nested JSON objects to table cells; values that do not fit are reported.

`{"odd": [{"n": 8, "poids": 2}]}` gives « 8 (principal) ». A key that no field can contain, such as
the amount of a funder, is returned separately with its value.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from explor.engines.formats.sheets import Kind, escape, fold, legible

from ._workbook_reader import text_of

NAMES = ("nom", "name", "libelle", "label", "intitule", "titre", "title", "denomination")
NUMBERS = ("n", "numero", "number", "num", "code", "odd", "goal", "sdg", "id", "objectif")
WEIGHTS = ("poids", "weight", "importance", "niveau")
AMOUNTS = ("montant", "amount", "valeur", "value", "total", "budget")
CURRENCIES = ("devise", "monnaie", "currency")
CODES = ("code", "iso", "iso2", "alpha2", "iso3")
ROLES = ("role", "fonction", "statut", "type")
URLS = ("url", "adresse", "lien", "href", "address", "link")
YEARS, MONTHS, DAYS = ("annee", "year"), ("mois", "month"), ("jour", "day")
# function: the text of the first of these keys, "" for none
Take = Callable[[tuple[str, ...]], str]
WORDS = {"2": "principal", "1": "significatif"}


class Cell(NamedTuple):
    """The text of a cell, and the (key, value) pairs that do not fit in it.

    `parts` are the items of a list, which need no separator. A tuple, as `FieldReport`.
    """

    text: str
    parts: tuple[str, ...] | None = None
    left: tuple[tuple[str, str], ...] = ()


def cell_of(value: Any, kind: Kind | str = "names") -> Cell:
    """Convert a JSON value to a cell for a field of this kind."""
    left: list[tuple[str, str]] = []
    if kind == "markdown":
        return Cell(text=_prose(value, left), left=tuple(left))
    items = [text for each in _flat(value) if (text := _item(each, kind, left))]
    if isinstance(value, list):
        return Cell(text=" | ".join(items), parts=tuple(items), left=tuple(left))
    return Cell(text=items[0] if items else "", left=tuple(left))


def _flat(value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        for each in value:
            yield from _flat(each)
    else:
        yield value


def _item(value: Any, kind: str, left: list[tuple[str, str]]) -> str:
    """Return the text of an item of a list; add to `left` the (key, value) pairs not used."""
    if not isinstance(value, dict):
        return plain(value)
    given = {fold(key): key for key in value}
    used: set[str] = set()

    def take(keys: tuple[str, ...]) -> str:
        """Return the text of the first key of `keys` that has one, and mark this key as used."""
        for name in keys:
            key = given.get(name)
            if key is not None and not isinstance(value[key], dict | list) and plain(value[key]):
                used.add(key)
                return plain(value[key])
        return ""

    text: str = _TEXTS.get(kind, _name)(take)
    if not text and kind != "goals":
        used = set()
        return "; ".join(
            f"{legible(key)} : {_shown(each)}" for key, each in value.items() if _shown(each)
        )
    left += [
        (legible(f"{text} › {key}" if text else key), _shown(each))
        for key, each in value.items()
        if key not in used and _shown(each)
    ]
    return text


def _name(take: Take) -> str:
    return take(NAMES) or take(CODES)


def _goal(take: Take) -> str:
    number, weight = take(NUMBERS) or take(NAMES), take(WEIGHTS)
    weight = WORDS.get(weight, weight)
    return f"{number} ({weight})" if number and weight else number


def _money(take: Take) -> str:
    return " ".join(filter(None, (take(AMOUNTS), take(CURRENCIES))))


def _date(take: Take) -> str:
    parts = [take(keys) for keys in (YEARS, MONTHS, DAYS)]
    return "-".join(part.zfill(2) for part in parts if part) or take(("date", "valeur", "value"))


def _link(take: Take) -> str:
    url, label = take(URLS), take(NAMES)
    return f"[{escape(label or url)}]({url})" if url else escape(label)


def _type(take: Take) -> str:
    kind = take(("type", *NAMES))
    family = take(("family", "famille"))
    return f"{family} › {kind}" if family and kind else kind


_TEXTS = {"goals": _goal, "money": _money, "date": _date, "links": _link, "types": _type}


def _prose(value: Any, left: list[tuple[str, str]]) -> str:
    """Return a JSON value as text: a list as bullets, each object as one line of its values."""
    if not isinstance(value, list):
        return _line(value, left) if isinstance(value, dict) else plain(value)
    lines = [_line(each, left) if isinstance(each, dict) else plain(each) for each in _flat(value)]
    return "\n".join(f"- {line}" for line in lines if line)


def _line(value: dict[str, Any], left: list[tuple[str, str]]) -> str:
    unused: list[tuple[str, str]] = []
    name = _item(value, "names", unused)
    if not unused:
        return name
    details = [
        each if fold(key.rpartition(" › ")[2]) in ROLES else f"{key.rpartition(' › ')[2]} : {each}"
        for key, each in unused
    ]
    return f"{name} ({', '.join(details)})"


def plain(value: Any) -> str:
    """Return a JSON value other than a list or object as French text."""
    return legible(text_of(value))


def _shown(value: Any) -> str:
    if isinstance(value, dict | list):
        return legible(json.dumps(value, ensure_ascii=False))[:200] if value else ""
    return plain(value)
