"""Database queries on published sheets: by slug, near another sheet, or similar to a text."""

from collections.abc import Sequence

import numpy as np
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404

from explor.ground.reference.selectors import fold
from explor.journey.sheets.models import FormerSlug, Photo, ProjectSheet
from explor.journey.sheets.states import State

from .. import engine, fields
from ..models import CONFIG, Listing
from .index import Version, current

READ = (
    *("slug", "state", "content", "missions", "title", "purpose", "countries", "sectors"),
    *("created_at", "confirmed_on", "published_at", "start_on", "end_on", "declared"),
    *("network__slug", "network__name"),
)


def find_sheet(slug: str) -> ProjectSheet | str | None:
    """Return the published sheet with this slug.

    Returns:
        The sheet; its current slug when `slug` is a former one; None when it was withdrawn.

    Raises:
        Http404: no sheet has or had this slug, or the sheet is a draft.
    """
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


def photo_of(pk: int) -> Photo:
    """Return a photograph of a published sheet; raise 404 for any other photograph."""
    shown = Photo.objects.filter(sheet__state=State.PUBLISHED).select_related("document")
    return get_object_or_404(shown, pk=pk)


def near(row: ProjectSheet, version: Version, count: int) -> list[int]:
    """Return the primary keys of at most `count` sheets similar to `row`, the latest first.

    Sheets of the same country and sector come before sheets of the same sector only.
    """
    index = current(version).index
    here = index.carrying(fields.COUNTRY, row.countries)
    alike = index.carrying(fields.SECTOR, row.sectors)
    alike[index.positions([row.pk])] = False
    nearest = index.items_of(here & alike, key=engine.PUBLISHED)[:count]
    others = index.items_of(alike & ~here, key=engine.PUBLISHED)[:count]
    return [int(each) for each in np.concatenate([nearest, others])[:count]]


def similar_titles(words: str, count: int) -> Sequence[Listing]:
    """Return the listings of the published sheets whose titles share the most words with a text.

    At most `count`; words of three letters or fewer are ignored.
    """
    kept = [word for word in fold(words).split() if len(word) > 3]
    if not kept:
        return []
    query = SearchQuery(" or ".join(kept), config=CONFIG, search_type="websearch")
    rows = Listing.objects.filter(live=True, title_words=query).select_related("sheet")
    rank = SearchRank(F("title_words"), query)
    return list(rows.order_by(rank.desc(), "-published_at", "-pk")[:count])
