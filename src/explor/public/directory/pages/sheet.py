"""The public page of a project sheet, with a map of its countries and similar sheets."""

from datetime import timedelta
from functools import lru_cache
from itertools import accumulate
from typing import Any

from explor.ground.reference.pages import outlines
from explor.journey.sheets import engine
from explor.journey.sheets.models import ProjectSheet
from explor.journey.sheets.pages import facts_of, folded, lead_organisation_facts_of, sections_of

from ..selectors import Version, near
from .cards import cards, outline_of

OLD = timedelta(days=365)
NEAR = 3
MARGIN = 130  # margin around the countries of a sheet, in units of the map
DRAWN = 9_000  # maximum characters of SVG paths for the countries around, nearest first


def sheet_context(row: ProjectSheet, sheet: engine.Sheet, version: Version) -> dict[str, Any]:
    """Return the template context of the public page of a sheet.

    `sections` have a text, and `blank` are the titles of those without; `photo` is the first
    photograph, `photos` the others; `old` is whether the sheet was last confirmed over a year ago;
    `near` holds the cards of similar sheets. The keys of the map are those of `locator`.
    """
    today = version.day
    similar = near(row, version, NEAR)
    sections = sections_of(sheet)
    photos = list(row.photos.all())
    return {
        "row": row,
        "sheet": sheet,
        "status": engine.status_of(sheet, today),
        "facts": folded(facts_of(sheet)),
        "lead_organisation": folded(lead_organisation_facts_of(sheet)),
        "sections": [each for each in sections if each[1]],
        "blank": [title for title, html in sections if not html],
        "old": bool(row.confirmed_on and today - row.confirmed_on > OLD),
        "photo": photos[0] if photos else None,
        "photos": photos[1:],
        "kicker": " · ".join(filter(None, [", ".join(sheet.countries), *sheet.sectors[:1]])),
        "period": " – ".join(str(each) for each in (sheet.start, sheet.end) if each),
        "outline": outline_of(row.countries),
        "sector": next(iter(row.sectors), ""),
        "near": cards(similar) if similar else [],
        **locator(tuple(row.countries)),
    }


@lru_cache(maxsize=512)
def locator(countries: tuple[str, ...]) -> dict[str, Any]:
    """Return the context of a small map of these countries and their neighbours.

    Keys: `around` (SVG path of the neighbours), `here` (outlines of the countries) and `frame`.
    Without any known country, `around` is None, the only key, and no map is shown.
    """
    drawn = outlines()
    here = {code: drawn[code] for code in countries if code in drawn}
    if not here:
        return {"around": None}
    xs, ys = [each.x for each in here.values()], [each.y for each in here.values()]
    left, top = min(xs) - MARGIN, min(ys) - MARGIN // 2
    width, height = max(xs) - left + MARGIN, max(ys) - top + MARGIN // 2
    x, y = left + width // 2, top + height // 2
    others = (each for code, each in drawn.items() if code not in here and each.path)
    nearest = sorted(others, key=lambda each: abs(each.x - x) + abs(each.y - y))
    lengths = accumulate(len(each.path) for each in nearest)
    shown = [each.path for each, length in zip(nearest, lengths, strict=True) if length < DRAWN]
    return {
        "around": " ".join(shown),
        "here": list(here.values()),
        "frame": f"{left} {top} {width} {height}",
    }
