"""Views for programs: the Atom feed, the sitemaps, robots.txt."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index as draw_index
from django.contrib.sitemaps.views import sitemap as draw_sitemap
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from explor.ground.http.access import public
from explor.ground.http.conditional_get import conditional_get
from explor.journey.sheets.models import ProjectSheet

from .. import selectors
from ..feeds import SheetFeed

# Searches and private pages, which search engines should not index.
CLOSED = ("/compte/", "/demo/", "/projets/suivre/", "/projets/?", "/carte/?", "/verifier/")


@public
@require_safe
@conditional_get(selectors.index_revision)
def feed(request: HttpRequest) -> HttpResponse:
    """Send the latest sheets of a search, as Atom."""
    return SheetFeed()(request)


class Pages(Sitemap):  # type: ignore[type-arg]
    """Sitemap of the public pages whose address never changes."""

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
    """Sitemap of the published sheets, each with the time of its last change."""

    limit = 10_000

    def items(self) -> Any:
        rows = ProjectSheet.objects.published().select_related("listing").order_by("pk")
        return rows.only("slug", "listing__index_revision")

    def lastmod(self, item: ProjectSheet) -> datetime:
        return item.listing.changed_at

    def get_latest_lastmod(self) -> None:
        """Return no date for the sitemap, since its computation would load every sheet."""


MAPS: dict[str, Any] = {"pages": Pages, "fiches": Sheets}


@public
@require_safe
@conditional_get(selectors.index_revision)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Send the index of the sitemaps, each of which lists at most ten thousand pages."""
    return draw_index(request, MAPS, sitemap_url_name="directory:sitemap_part")


@public
@require_safe
@conditional_get(selectors.index_revision)
def sitemap_part(request: HttpRequest, section: str) -> HttpResponse:
    """Send one sitemap: the pages of one `section`, ten thousand at most."""
    return draw_sitemap(request, MAPS, section=section)


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Send robots.txt, which excludes searches and private pages."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    text = "\n".join([*lines, f"Sitemap: {settings.EXPLOR_URL}/sitemap.xml", ""])
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
