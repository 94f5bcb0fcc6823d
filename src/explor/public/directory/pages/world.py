"""The world map of the directory, and its figures on the home page."""

from typing import Any

from explor.ground.reference.pages import outlines, view_box
from explor.ground.reference.selectors import label, sort_key

from .. import fields
from ..selectors import Filters, search
from .cards import cards

Places = list[tuple[str, str, int]]


def places(counts: dict[str, int]) -> Places:
    """Return (code, name, number of sheets) for each country, sorted by name."""
    named = ((code, label("countries", code), count) for code, count in counts.items())
    return sorted(named, key=lambda place: sort_key(place[1]))


def level_of(count: int, most: int) -> int:
    """Return the shade of a country on the map, from 1 to 3 (`most`: the highest count)."""
    return min(3, 3 * (count - 1) // most + 1)


def world(countries: Places, filters: Filters | None = None) -> dict[str, Any]:
    """Return the template context of the map of the world: `view_box`, `land` and `places`.

    `land` is the SVG path of the countries without sheets; each of `places` is a country with
    sheets, which links to the search `filters` restricted to this country.
    """
    counted = {code: (name, count) for code, name, count in countries}
    drawn, filters = outlines(), filters or Filters()
    most = max((count for _, _, count in countries), default=0)
    return {
        "view_box": view_box(),
        "land": " ".join(each.path for code, each in drawn.items() if code not in counted),
        "places": [
            {
                "code": code,
                "name": name,
                "count": count,
                "outline": drawn[code],
                "text": f"{name} : {count} fiche{'s' if count > 1 else ''}",
                "level": level_of(count, most),
                "query": filters.only(fields.COUNTRY, code).query(),
            }
            for code, (name, count) in counted.items()
            if code in drawn
        ],
    }


def home_figures() -> dict[str, Any]:
    """Return the context of the home page: `total` of sheets, `countries` and `latest` sheets.

    The other keys are those of `world`.
    """
    results = search(Filters())
    countries = places(results.counts[fields.COUNTRY])
    latest = cards(results.slice(0, 3))
    return {"total": results.total, "countries": countries, "latest": latest, **world(countries)}
