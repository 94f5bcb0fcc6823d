"""Cells of the tables that Explor exports: lists that can be read back without loss.

Items are separated by « | », and a type from its family by « › ». Inside an item these signs and
the backslash are escaped by a backslash; tables written before 0.3.0 did not escape them.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from explor.engines.formats.sheets import (
    Goal,
    Kind,
    Link,
    PartialDate,
    Status,
    StructureType,
    parse,
    parse_goals,
    show_link,
)

BETWEEN, FAMILY = "|", "›"
_ESCAPED = re.compile(r"\\([\\|›])")
_MARKED = re.compile(r"\\[\\|›]|[|]")
_FAMILY = re.compile(r"\\[\\|›]|›")


def escaped(item: str) -> str:
    """Return an item of a list with separators escaped."""
    return re.sub(r"[\\|›]", r"\\\g<0>", item)


def joined(items: Iterable[str]) -> str | None:
    """Return a list of names as one cell; None for an empty list."""
    return " | ".join(map(escaped, items)) or None


def joined_types(types: Iterable[Mapping[str, Any]]) -> str | None:
    """Return types of structure, given as JSON values, as one cell."""
    pairs = ([each.get("family"), each["type"]] for each in types)
    return " | ".join(" › ".join(escaped(e) for e in pair if e) for pair in pairs) or None


def joined_weights(goals: Iterable[Mapping[str, Any]]) -> str | None:
    """Return the goals that have a weight as one cell: « 6 (principal) »."""
    shown = (Goal(number=each["number"], weight=each.get("weight")) for each in goals)
    words = {2: "principal", 1: "significatif"}
    return " | ".join(f"{e.number} ({words[e.weight]})" for e in shown if e.weight) or None


def joined_links(links: Iterable[Mapping[str, Any]]) -> str | None:
    """Return links as one cell, one per line, in Markdown."""
    made = (Link(label=each.get("label", ""), url=each.get("url")) for each in links)
    return "\n".join(map(show_link, made)) or None


def split(cell: str) -> list[str]:
    """Split a cell written by `joined` into items, which stay escaped."""
    parts, start = [], 0
    for match in _MARKED.finditer(cell):
        if match[0] == BETWEEN:
            parts.append(cell[start : match.start()])
            start = match.end()
    return [part for part in map(str.strip, [*parts, cell[start:]]) if part]


def unescaped(item: str) -> str:
    return _ESCAPED.sub(r"\1", item)


def own_value(kind: Kind, cell: str) -> Any:
    """Return the value of a cell exported by Explor, for any kind of field except amounts.

    Raises ValueError, in French, for a cell that was changed to an invalid text.
    """
    if kind in ("line", "markdown"):
        return cell
    if kind == "names":
        return tuple(map(unescaped, split(cell)))
    if kind == "types":
        return tuple(map(_type, split(cell)))
    if kind == "status":
        return Status(cell) if cell else None
    if kind == "date":
        return PartialDate.parse(cell) if cell else None
    value, faults = parse_goals(cell) if kind == "goals" else parse(kind, [_one_line(cell)])
    if faults:
        raise ValueError(" ; ".join(faults))
    return value


def _one_line(cell: str) -> str:
    return " ".join(cell.split("\n"))


def _type(part: str) -> StructureType:
    cut = next((m for m in _FAMILY.finditer(part) if m[0] == FAMILY), None)
    if cut is None:
        return StructureType(type=unescaped(part))
    family, kind = part[: cut.start()].strip(), part[cut.end() :].strip()
    return StructureType(type=unescaped(kind), family=unescaped(family))
