"""Public pages of the directory: list, map, sheet, files of a sheet, photographs."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from explor.ground.files.views.files import show
from explor.ground.http.access import public
from explor.ground.http.conditional_get import VersionedRequest, conditional_get
from explor.ground.http.limits import COSTLY, limited
from explor.ground.http.views import render_page
from explor.journey.sheets import engine
from explor.journey.sheets.models import ProjectSheet

from .. import fields, pages, selectors

PER_PAGE = 20


@public
@require_safe
@conditional_get(selectors.index_revision)
def sheets(request: VersionedRequest) -> HttpResponse:
    """List the sheets that match the filters, or other searches to try, next to the facets."""
    filters = selectors.Filters.of(request.GET)
    results = selectors.search(filters, version=request.version)
    rows = Paginator(results.order, PER_PAGE).get_page(request.GET.get("page"))
    numbers = [int(each) for each in rows.object_list]
    cards = pages.cards(numbers, results.query)
    facets = pages.facets_of(results, full=request.GET.get("voir", ""))
    context = {
        "title": pages.title_of(filters, rows.number),
        "spelling": pages.spelling_of(filters, results),
        "filters": filters,
        "results": results,
        "rows": rows,
        "cards": cards,
        "lines": pages.lines(cards),
        "facets": facets,
        "chips": pages.chips(filters, facets),
        "sorts": selectors.SORTS.items(),
        "suggestions": [] if results.total else pages.suggestions(results, facets),
        "query": results.filters.query(),
    }
    return render_page(request, "directory/sheets.html", context)


@public
@require_safe
@conditional_get(selectors.index_revision)
def world(request: VersionedRequest) -> HttpResponse:
    """Show the number of matching sheets of each country, as a map and as a list."""
    filters = selectors.Filters.of(request.GET)
    results = selectors.search(filters, version=request.version)
    countries = pages.places(results.counts[fields.COUNTRY])
    facets = pages.facets_of(results, full=request.GET.get("voir", ""))
    context = {
        "filters": filters,
        "results": results,
        "countries": [(*each, filters.only(fields.COUNTRY, each[0]).query()) for each in countries],
        "columns": ["Pays", "Projets"],
        "facets": facets,
        "chips": pages.chips(filters, facets),
        "query": filters.query(),
    }
    return render_page(request, "directory/map.html", context | pages.world(countries, filters))


@public
@require_safe
@conditional_get(selectors.index_revision)
def sheet(request: VersionedRequest, slug: str) -> HttpResponse:
    """Show one sheet; respond 410 once it is withdrawn, and redirect from its former addresses."""
    context = _drawn(request.version, slug)
    if isinstance(context, str):
        return HttpResponsePermanentRedirect(f"/projets/{context}/")
    return render_page(request, "directory/sheet.html", context) if context else _gone(request)


@lru_cache(maxsize=128)
def _drawn(version: selectors.Version, slug: str) -> dict[str, Any] | str | None:
    """Return the template context of the page of a sheet, cached until the version changes.

    Caching is safe because any change of a published sheet creates a new version.

    Returns:
        The context; the current slug when `slug` is a former one; None for a withdrawn sheet.
    """
    row = selectors.find_sheet(slug)
    if not isinstance(row, ProjectSheet):
        return row
    content, home = engine.sheet_of(row.content), f"{settings.EXPLOR_URL}/"
    url = f"{home}projets/{row.slug}/"
    body = render_to_string(
        "directory/_body.html", {**pages.sheet_context(row, content, version), "url": url}
    )
    return {
        "row": row,
        "url": url,
        "body": SafeString(body),
        "jsonld": SafeString(engine.script_of(content, url=url, home=home)),
    }


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "directory/gone.html", status=410)


@limited(COSTLY)
@public
@require_safe
@conditional_get(selectors.index_revision)
def download(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Send one sheet as PDF, picture, Markdown, JSON or JSON-LD; 404 for another format.

    Respond 410 once the sheet is withdrawn, and redirect from its former addresses.
    """
    if form not in pages.MIMES:
        raise Http404
    row = selectors.find_sheet(slug)
    if not isinstance(row, ProjectSheet):
        return HttpResponsePermanentRedirect(f"/projets/{row}.{form}") if row else _gone(request)
    mime, content = pages.download(row, form)
    headers = {"Content-Disposition": f'inline; filename="{slug}.{form}"'}
    return HttpResponse(content, content_type=mime, headers=headers)


@public
@require_safe
def photo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send a photograph of a published sheet; 404 for any other photograph."""
    return show(request, selectors.photo_of(pk).document)
