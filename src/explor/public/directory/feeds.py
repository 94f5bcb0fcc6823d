"""The feed of a search: its latest sheets, as Atom."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed

from . import queries
from .models import ProjectSheet

LATEST = 30


class SheetFeed(Feed):  # type: ignore[type-arg]
    """The thirty latest sheets that answer to the query string."""

    feed_type = Atom1Feed
    title = "Explor : fiches projet"
    subtitle = "Les dernières fiches projet publiées"

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> queries.Asked:
        return queries.Asked.of(request.GET)

    def link(self, obj: queries.Asked) -> str:
        query = obj.query()
        return f"/projets/?{query}" if query else "/projets/"

    def items(self, obj: queries.Asked) -> Sequence[ProjectSheet]:
        latest = queries.answer(obj.latest()).slice(0, LATEST)
        found = ProjectSheet.objects.published().filter(pk__in=latest).select_related("listing")
        return list(found.order_by("-published_at", "-pk"))

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_link(self, item: ProjectSheet) -> str:
        return f"/projets/{item.slug}/"

    def item_description(self, item: Any) -> str:
        return str(item.purpose)[:500]

    def item_pubdate(self, item: ProjectSheet) -> datetime:
        return item.published_at or item.created_at

    def item_updateddate(self, item: ProjectSheet) -> datetime:
        return item.listing.changed_at
