"""Atom feed of the latest project sheets of a search."""

from collections.abc import Sequence
from datetime import datetime
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import strip_tags
from django.utils.text import Truncator

from explor.ground.ui.prose import render
from explor.journey.sheets.models import ProjectSheet

from . import selectors
from .engine import legible

LATEST = 30


class PlainAtom(Atom1Feed):
    """An Atom feed with plain text summaries, where that of Django declares them as HTML."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, {**item, "description": None})
        handler.addQuickElement("summary", item["description"], {"type": "text"})


class SheetFeed(Feed):  # type: ignore[type-arg]
    """The thirty latest sheets that match the filters of the query string."""

    feed_type = PlainAtom
    author_name = "Explor"
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

    def item_guid(self, item: ProjectSheet) -> str:
        """Return a permanent identifier that does not depend on the URL of the sheet (RFC 4151)."""
        host = urlsplit(settings.EXPLOR_URL).hostname
        return f"tag:{host},{item.created_at:%Y-%m-%d}:fiche:{item.pk}"

    def item_description(self, item: Any) -> str:
        return legible(Truncator(unescape(strip_tags(render(item.purpose)))).words(80))

    def item_author_name(self, item: ProjectSheet) -> str:
        return legible(item.lead_organisation) or "Explor"

    def item_pubdate(self, item: ProjectSheet) -> datetime:
        return item.published_at or item.created_at

    def item_updateddate(self, item: ProjectSheet) -> datetime:
        return item.listing.changed_at
