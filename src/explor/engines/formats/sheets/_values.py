"""Conversion of the values of fields to and from Markdown, by kind of field."""

import re
from collections.abc import Callable
from typing import Any

from ._context import FieldContext, read_dates
from ._goals import parse_goals, show_goal
from ._inline import links_in, plain
from ._layout import Kind
from ._money import Money
from ._sheet import WEIGHTS, Link, Status, StructureType, capitals
from ._text import clean_line, escape, fold, is_safe_url, split_unescaped, unescape

Parsed = tuple[Any, tuple[str, ...]]
"""A value (blank when nothing was understood) and the faults, in French."""

MAX_FIELD = 50_000
BULLET = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)])\s+")
_BARE_URL = re.compile(r"<?((?:https?://|www\.)[^\s<>]*[^\s<>.,;)])>?")
_STATUSES = {fold(status): status for status in Status} | {
    "terminee": Status.FINISHED,
    "acheve": Status.FINISHED,
    "clos": Status.FINISHED,
    "cloture": Status.FINISHED,
}


def parse(kind: Kind, lines: list[str], context: FieldContext | None = None) -> Parsed:
    """Parse the lines of a field; return its value and faults in French.

    The first line is the text after the label. The value is None or empty if nothing was
    understood; if there is a value, the faults are remarks on how it was read.
    """
    if kind == "markdown":
        return "\n".join(lines), ()
    blank = None if kind in ("line", "status", "date", "money") else ()
    if sum(map(len, lines)) > MAX_FIELD:
        return blank, (f"trop long (plus de {MAX_FIELD} caractères)",)
    chunks = _unbulleted(lines)
    text = clean_line(plain(" ".join(chunks)))
    if text is None or kind == "line":
        return text or blank, ()
    if kind == "date":
        return _caught(read_dates, chunks, context or FieldContext())
    return _money(chunks, context or FieldContext()) if kind == "money" else _PARSERS[kind](chunks)


def _unbulleted(lines: list[str]) -> list[str]:
    """Return the lines of a value as one text per item, without bullets.

    There is one item per line when all lines below the first have a bullet; otherwise the lines are
    joined into a single item.
    """
    first, below = lines[0], lines[1:]
    if below and all(BULLET.match(line) for line in below):
        return [text for text in (first, *(BULLET.sub("", line) for line in below)) if text]
    return [" ".join(lines)]


def _status(chunks: list[str]) -> Parsed:
    text = plain(" ".join(chunks))
    name = re.sub(r"(?:statut(?: du)? ?)?(?:projet ?)?", "", fold(text), count=1).strip()
    if not name:
        return None, ()
    if name in _STATUSES:
        return _STATUSES[name], ()
    known = ", ".join(f"« {status} »" for status in Status)
    return None, (f"statut inconnu : « {text.strip()[:60]} » (attendu : {known})",)


def _caught(
    read: Callable[[str, FieldContext], Parsed], chunks: list[str], context: FieldContext
) -> Parsed:
    try:
        return read(plain(" ".join(chunks)), context)
    except ValueError as fault:
        return None, (str(fault),)


def _money(chunks: list[str], context: FieldContext) -> Parsed:
    def read(text: str, context: FieldContext) -> Parsed:
        return Money.understood(text, unit=context.unit, countries=context.countries)

    return _caught(read, chunks, context)


def _split(chunks: list[str], separators: str) -> list[str]:
    return [part for chunk in chunks for part in split_unescaped(chunk, separators)]


def _names(chunks: list[str]) -> Parsed:
    names = [clean_line(plain(chunk)) for chunk in _split(chunks, ",;")]
    lost = [link.url for link in links_in(" ".join(chunks)) if link.url not in ("", "#")]
    faults = tuple(f"adresse non gardée : {url[:80]}" for url in lost)
    return tuple(name for name in names if name), faults


def _goals(chunks: list[str]) -> Parsed:
    return parse_goals(plain(" ; ".join(_split(chunks, ";"))))


def _types(chunks: list[str]) -> Parsed:
    types: list[StructureType] = []
    for segment in _split(chunks, ";"):
        names = [clean_line(plain(part)) for part in split_unescaped(segment, ",")]
        waiting: list[str] = []
        for name in filter(None, names):
            if waiting and capitals(name) == name:
                types += [StructureType(type=kind, family=name) for kind in waiting]
                waiting = []
            else:
                waiting.append(name)
        types += [StructureType(type=kind) for kind in waiting]
    return tuple(types), ()


def _links(chunks: list[str]) -> Parsed:
    text = " ".join(chunks)
    links, faults = [], []
    marked = list(links_in(text))
    matches = [(unescape(link.label), link.url) for link in marked]
    if not marked:
        matches = [(match[1], match[1]) for match in _BARE_URL.finditer(text)]
    for label, url in matches:
        if not is_safe_url(url):
            faults.append(f"adresse refusée, texte gardé : « {url[:60]} »")
            url = "#"
        if clean_line(label) or clean_line(url) not in (None, "#"):
            links.append(Link(label=label, url=url))
    if not matches:
        faults.append(f"ce n’est pas un lien : « {text.strip()[:60]} »")
    return tuple(links), tuple(faults)


_PARSERS: dict[Kind, Callable[[list[str]], Parsed]] = {
    "status": _status,
    "names": _names,
    "goals": _goals,
    "types": _types,
    "links": _links,
}


def show_names(names: tuple[str, ...], *, linked: bool = True) -> str:
    """Return names as Markdown, separated by commas, each as a link without URL when `linked`.

    Official sheets write the names of most fields as such links.
    """
    if linked:
        return ", ".join(f"[{escape(name)}](#)" for name in names)
    return ", ".join(escape(name, ",;") for name in names)


def show_types(types: tuple[StructureType, ...]) -> str:
    """Return types as Markdown, separated by semicolons, with families: « Association, CIVILE »."""
    pairs = [filter(None, (kind.type, kind.family)) for kind in types]
    return "; ".join(", ".join(escape(name, ",;") for name in pair) for pair in pairs)


def show_goals(goals: tuple[Any, ...]) -> str:
    shown = []
    for goal in goals:
        weight = f" ({WEIGHTS[goal.weight]})" if goal.weight else ""
        shown.append(f"[{escape(show_goal(goal))}](#){weight}")
    return ", ".join(shown)


def show_link(link: Link) -> str:
    return f"[{escape(link.label)}]({link.url or '#'})"
