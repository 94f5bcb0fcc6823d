"""Completeness of a need: its blank fields, the purpose and the readers of each field."""

from collections.abc import Mapping
from dataclasses import dataclass

from .. import fields


@dataclass(frozen=True, kw_only=True)
class Part:
    """A blank field: its name, its purpose, who reads it, and the slug of its screen."""

    field: str
    use: str
    reader: str
    screen: str


@dataclass(frozen=True, kw_only=True)
class Completeness:
    """The percentage of fields filled in, and the blank ones."""

    percent: int
    blanks: list[Part]


def measured() -> list[fields.Field]:
    """Return the fields that completeness counts: those required to file, then the useful ones."""
    return sorted((each for each in fields.FIELDS if each.use), key=lambda each: not each.needed)


def measure(values: Mapping[str, object]) -> Completeness:
    """Return the completeness of a need from {field: value}, languages included."""
    parts = measured()
    blanks = [
        Part(field=each.name, use=each.use, reader=each.reader, screen=each.screen)
        for each in parts
        if not values[each.name]
    ]
    return Completeness(percent=100 * (len(parts) - len(blanks)) // len(parts), blanks=blanks)
