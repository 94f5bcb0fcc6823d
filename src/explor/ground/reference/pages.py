"""The outlines of countries for the world map, and the positions of countries and towns."""

import csv
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from .selectors import DATA, fold, terms

Point = tuple[float, float]  # longitude and latitude, in degrees
# splits « Thiès et Mbour », « Bamako (commune IV) », « Tana, quartier d’Isotry »
APART = re.compile(r"[,;:()/]|\bet\b|\s[-–—]\s")
TOWN_OF = re.compile(r"^(?:ville|commune|a) (?:de |d )?")


@dataclass(frozen=True, kw_only=True)
class Outline:
    """The outline of a country on the map.

    `path` is an SVG path in the units of `view_box()`, "" for a country too small to draw. (`x`,
    `y`) is the centre of the country. A `small` country is marked by a disc to be visible.
    """

    path: str
    x: int
    y: int
    small: bool


def outlines() -> Mapping[str, Outline]:
    """Return the outline of each country, by ISO 3166-1 code; see `data/world.provenance.md`."""
    return _world()[1]


def view_box() -> str:
    """Return the `viewBox` attribute of an SVG that contains the outlines."""
    return _world()[0]


@cache
def _world() -> tuple[str, Mapping[str, Outline]]:
    world = json.loads((DATA / "world.json").read_text(encoding="utf-8"))
    outlines = {code: Outline(**shape) for code, shape in world["outlines"].items()}
    return world["view_box"], MappingProxyType(outlines)


def centre_of(country: str) -> Point | None:
    """Return the centre of a country as (longitude, latitude) in degrees; None if unknown."""
    term = terms("countries").get(country)
    if term is None or not term.extra.get("lon"):
        return None
    return float(term.extra["lon"]), float(term.extra["lat"])


def towns_in(country: str, place: str) -> list[Point]:
    """Return the positions of the towns of a country named in a text, without duplicates.

    Positions are (longitude, latitude) in degrees; see `data/places`.
    """
    names = (TOWN_OF.sub("", fold(part)) for part in APART.split(place))
    points = (_towns().get((country, name)) for name in names)
    return list(dict.fromkeys(filter(None, points)))


def seat_of(department: str) -> Point | None:
    """Return the position of the main town of a département; None if unknown."""
    return _seats().get(department)


@cache
def _towns() -> Mapping[tuple[str, str], Point]:
    return {(row["country"], fold(row["name"])): _point(row) for row in _rows("towns")}


@cache
def _seats() -> Mapping[str, Point]:
    return {row["code"]: _point(row) for row in _rows("seats")}


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / "places" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _point(row: dict[str, str]) -> Point:
    return float(row["lon"]), float(row["lat"])
