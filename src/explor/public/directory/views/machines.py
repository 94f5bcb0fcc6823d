"""What machines read: the feed of the latest sheets, the map of the site, what robots may read."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index as draw_index
from django.contrib.sitemaps.views import sitemap as draw_sitemap
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from explor.ground.common.access import public
from explor.ground.common.freshness import fresh

from .. import queries
from ..feeds import SheetFeed
from ..models import ProjectSheet

# What a person may find by asking, and a robot would only wear out.
CLOSED = ("/compte/", "/demo/", "/projets/suivre/", "/projets/?", "/carte/?", "/verifier/")


@public
@require_safe
@fresh(queries.edition)
def feed(request: HttpRequest) -> HttpResponse:
    """The latest sheets of a search, as Atom."""
    return SheetFeed()(request)


class Pages(Sitemap):  # type: ignore[type-arg]
    """The pages that do not move."""

    def items(self) -> list[str]:
        return [
            "/",
            "/projets/",
            "/carte/",
            "/missions/",
            "/dispositif/",
            "/chiffres/",
            "/donnees/",
        ]

    def location(self, item: str) -> str:
        return item


class Sheets(Sitemap):  # type: ignore[type-arg]
    """The sheets, each with the moment of its last change."""

    limit = 10_000

    def items(self) -> Any:
        rows = ProjectSheet.objects.published().select_related("listing").order_by("pk")
        return rows.only("slug", "listing__edition")

    def lastmod(self, item: ProjectSheet) -> datetime:
        return item.listing.changed_at

    def get_latest_lastmod(self) -> None:
        """Not said of the whole: it would read every sheet."""


MAPS: dict[str, Any] = {"pages": Pages, "fiches": Sheets}


@public
@require_safe
@fresh(queries.edition)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Where the lists of public pages are, ten thousand a list."""
    return draw_index(request, MAPS, sitemap_url_name="directory:sitemap_part")


@public
@require_safe
@fresh(queries.edition)
def sitemap_part(request: HttpRequest, section: str) -> HttpResponse:
    """One of these lists."""
    return draw_sitemap(request, MAPS, section=section)


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Robots may read what is public, not search in our stead."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    text = "\n".join([*lines, f"Sitemap: {settings.EXPLOR_URL}/sitemap.xml", ""])
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
