"""One sheet and what stands around it: photographs, a map of the place, sheets near it."""

from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import Any

import numpy as np
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format

from explor.ground.reference.queries import outlines

from .. import engine
from ..models import FormerSlug, Photo, ProjectSheet
from ..states import State
from .cards import cards
from .editions import Version, current
from .reading import FIELDS, carrier_facts_of, facts_of, folded, sections_of

OLD = timedelta(days=365)
NEAR = 3
MARGIN = 130  # around the countries of a sheet, in units of the map
READ = (
    *("slug", "state", "content", "missions", "title", "purpose", "countries", "sectors"),
    *(
        "confirmed_on",
        "published_at",
        "start_on",
        "end_on",
        "declared",
        "network__slug",
        "network__name",
    ),
)
DRAWN = 12_000  # characters of outlines drawn around, the nearest first


def find_sheet(slug: str) -> ProjectSheet | str | None:
    """The published sheet, its new slug when it moved, None once withdrawn; else `Http404`."""
    try:
        row = ProjectSheet.objects.select_related("network").only(*READ).get(slug=slug)
    except ProjectSheet.DoesNotExist:
        moved = FormerSlug.objects.filter(slug=slug).values_list("sheet__slug", flat=True).first()
        if moved is None:
            raise Http404 from None
        return moved
    if row.state == State.DRAFT:
        raise Http404
    return row if row.state == State.PUBLISHED else None


def page_of(row: ProjectSheet, told: engine.Sheet, at: Version) -> dict[str, Any]:
    """All that the page of a sheet shows."""
    today = at.day
    sections = sections_of(told)
    return {
        "row": row,
        "sheet": told,
        "status": engine.status_of(told, today),
        "facts": folded(facts_of(told)),
        "carrier": folded(carrier_facts_of(told)),
        "sections": [each for each in sections if each[1]],
        "blank": [title for title, html in sections if not html],
        "old": bool(row.confirmed_on and today - row.confirmed_on > OLD),
        "photos": list(row.photos.all()),
        "near": near(row, at),
        **locator(tuple(row.countries)),
    }


def near(row: ProjectSheet, at: Version) -> list[dict[str, Any]]:
    """Three sheets of the same country and sector, or else of the same sector."""
    snapshot = current(at)
    here = snapshot.bearing("pays", row.countries)
    alike = snapshot.bearing("secteur", row.sectors)
    alike[snapshot.positions([row.pk])] = False
    places = snapshot.latest
    nearest = places[(here & alike)[places]][:NEAR]
    others = places[(alike & ~here)[places]][:NEAR]
    kept = np.concatenate([nearest, others])[:NEAR]
    return cards([int(each) for each in snapshot.ids[kept]]) if kept.size else []


@lru_cache(maxsize=512)
def locator(countries: tuple[str, ...]) -> dict[str, Any]:
    """A small map: the countries of a sheet and what is around them; nothing without a country."""
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


def photo_of(pk: int) -> Photo:
    """A photograph that anyone may see: that of a published sheet."""
    shown = Photo.objects.filter(sheet__state=State.PUBLISHED).select_related("document")
    return get_object_or_404(shown, pk=pk)


def draft_of(row: ProjectSheet, told: engine.Sheet) -> dict[str, Any]:
    """A sheet for those who mind it: what it will show, and where each field comes from."""
    sections = sections_of(told)
    return {
        "sheet": told,
        "facts": facts_of(told),
        "carrier": carrier_facts_of(told),
        "sections": [each for each in sections if each[1]],
        "blank": [title for title, html in sections if not html],
        "photos": list(row.photos.all()),
        "sources": sources_of(row),
    }


def sources_of(row: ProjectSheet) -> list[tuple[str, str]]:
    """(field, where it comes from and when), for the fields that are filled."""
    told = row.sources.items()
    return [
        (FIELDS[name], f"{source['de']}, {date_format(date.fromisoformat(source['le']))}")
        for name, source in told
        if name in FIELDS
    ]
