"""Atom feed of the latest project sheets of a search."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed

from explor.journey.sheets.models import ProjectSheet

from . import selectors
from .engine import legible

LATEST = 30


class SheetFeed(Feed):  # type: ignore[type-arg]
    """The thirty latest sheets that match the filters of the query string."""

    feed_type = Atom1Feed
    title = "Explor : fiches projet"
    subtitle = "Les dernières fiches projet publiées"

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> selectors.Filters:
        return selectors.Filters.of(request.GET)

    def link(self, obj: selectors.Filters) -> str:
        query = obj.query()
        return f"/projets/?{query}" if query else "/projets/"

    def items(self, obj: selectors.Filters) -> Sequence[ProjectSheet]:
        latest = selectors.search(obj.latest()).slice(0, LATEST)
        rows = ProjectSheet.objects.published().filter(pk__in=latest).select_related("listing")
        return list(rows.order_by("-published_at", "-pk"))

    def item_title(self, item: Any) -> str:
        return legible(str(item.title))

    def item_link(self, item: ProjectSheet) -> str:
        return f"/projets/{item.slug}/"

    def item_description(self, item: Any) -> str:
        return legible(str(item.purpose)[:500])

    def item_pubdate(self, item: ProjectSheet) -> datetime:
        return item.published_at or item.created_at

    def item_updateddate(self, item: ProjectSheet) -> datetime:
        return item.listing.changed_at
