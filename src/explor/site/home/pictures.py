"""The pictures of the public home page: a dotted world map, covers of the latest sheets."""

from functools import cache
from typing import Any

from explor.ground.reference.pages import outlines
from explor.ground.ui.pictures import dotted

NAMED = 8  # maximum number of countries named on the map, those with most sheets first


def home_pictures(figures: dict[str, Any]) -> dict[str, Any]:
    """Return the template context of the map and the covers of the home page.

    Its keys are `dots` (an SVG path), `discs`, `columns` (of the table of countries) and `latest`.

    Args:
        figures: the result of `directory.pages.home_figures`, with `places` and `latest`.
    """
    drawn = outlines()
    latest = [
        {**card, "outline": drawn[card["country"]].path if card["country"] in drawn else ""}
        for card in figures["latest"]
    ]
    return {
        "dots": _dots(),
        "discs": discs(figures["places"]),
        "columns": ["Pays", "Projets"],
        "latest": latest,
    }


def discs(places: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return one disc per country, in decreasing order of sheets; its size grows with their number.

    A disc has `url`, `country`, `count`, `label`, a centre (`x`, `y`), a radius `r` and `name`: "",
    or a text at (`text_x`, `text_y`) for the first countries that have room for it.

    Args:
        places: the countries, with `name`, `count`, `query` (of the URL) and `outline`.
    """
    drawn = [
        {
            "url": f"/projets/?{place['query']}",
            "country": place["name"],
            "count": place["count"],
            "label": f"{place['name']} : {place['count']} fiche{'s' if place['count'] > 1 else ''}",
            "name": "",
            "x": place["outline"].x,
            "y": place["outline"].y,
            "r": round(min(7 + 4 * place["count"] ** 0.5, 34)),
        }
        for place in sorted(places, key=lambda place: -place["count"])
    ]
    named = 0
    for disc in drawn:
        if named < NAMED and _room_for_name(disc, drawn):
            named += 1
            disc |= {
                "name": f"{disc['country']} {disc['count']}",
                "text_x": disc["x"] + disc["r"] + 6,
                "text_y": disc["y"] + 6,
            }
    return drawn


def _room_for_name(disc: dict[str, Any], drawn: list[dict[str, Any]]) -> bool:
    """Return whether the name of a disc, to its right, would cover no other disc or name."""
    width = disc["r"] + 10 * len(disc["country"]) + 40
    return all(
        abs(other["y"] - disc["y"]) > other["r"] + 14
        or not -(width if other["name"] else 0) < other["x"] - disc["x"] < width + other["r"]
        for other in drawn
        if other is not disc
    )


@cache
def _dots() -> str:
    # Cached for speed: this takes a second, and the result never changes.
    return dotted(each.path for each in outlines().values() if each.path)
