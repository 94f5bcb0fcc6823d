"""How complete a need is: its blanks, what each is for, who will read it."""

from collections.abc import Mapping
from dataclasses import dataclass

from .. import fields


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part still blank: what it is for, who will read it, on which screen it is written."""

    field: str
    use: str
    reader: str
    screen: str


@dataclass(frozen=True, kw_only=True)
class Completeness:
    """The parts written, in hundredths of all parts, and the blanks."""

    percent: int
    blanks: list[Part]


def measured() -> list[fields.Field]:
    """Return the fields that count: those required to file a need, then the useful ones."""
    return sorted((each for each in fields.FIELDS if each.use), key=lambda each: not each.needed)


def measure(values: Mapping[str, object]) -> Completeness:
    """Measure a need; `values` holds the value of each field, languages included."""
    parts = measured()
    blanks = [
        Part(field=each.name, use=each.use, reader=each.reader, screen=each.screen)
        for each in parts
        if not values[each.name]
    ]
    return Completeness(percent=100 * (len(parts) - len(blanks)) // len(parts), blanks=blanks)
