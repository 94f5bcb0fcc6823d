"""The map: outlines, and the countries that have sheets."""

from typing import Any

from explor.ground.reference.queries import label, outlines, sort_key, view_box

from .answers import answer
from .asked import Asked
from .cards import cards

Places = list[tuple[str, str, int]]


def places(counts: dict[str, int]) -> Places:
    """(code, name, count) of each country, by name."""
    named = ((code, label("countries", code), count) for code, count in counts.items())
    return sorted(named, key=lambda place: sort_key(place[1]))


def level_of(count: int, most: int) -> int:
    """How dark a country is drawn, 1 to 3: a third, two thirds, all of the fullest one."""
    return min(3, 3 * (count - 1) // most + 1)


def world(countries: Places, asked: Asked | None = None) -> dict[str, Any]:
    """Every outline, and for countries with sheets their name, count and list."""
    counted = {code: (name, count) for code, name, count in countries}
    drawn, asked = outlines(), asked or Asked()
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
                "level": level_of(count, most),
                "query": asked.only("pays", code).query(),
            }
            for code, (name, count) in counted.items()
            if code in drawn
        ],
    }


def home_figures() -> dict[str, Any]:
    """What the home page shows: how many, where, the latest."""
    found = answer(Asked())
    countries = places(found.counts["pays"])
    latest = cards(found.slice(0, 3))
    return {"total": found.total, "countries": countries, "latest": latest, **world(countries)}
