"""The outlines of the countries, for the map of the world."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from .selectors import DATA


@dataclass(frozen=True, kw_only=True)
class Outline:
    """The outline of a country on the map.

    `path` is an SVG path in the frame of `view_box()`, "" for a country too small to draw. (`x`,
    `y`) is the point that locates the country. A `small` country is marked by a disc to be visible.
    """

    path: str
    x: int
    y: int
    small: bool


def outlines() -> Mapping[str, Outline]:
    """Return the outline of each country, by ISO 3166-1 code; see `data/world.provenance.md`."""
    return _world()[1]


def view_box() -> str:
    """Return the frame of the outlines, as an SVG viewBox."""
    return _world()[0]


@cache
def _world() -> tuple[str, Mapping[str, Outline]]:
    world = json.loads((DATA / "world.json").read_text(encoding="utf-8"))
    outlines = {code: Outline(**shape) for code, shape in world["outlines"].items()}
    return world["view_box"], MappingProxyType(outlines)
