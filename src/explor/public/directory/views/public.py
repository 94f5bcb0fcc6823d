"""What anyone reads of the projects."""

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

from explor.ground.common.access import public
from explor.ground.common.freshness import Versioned, fresh
from explor.ground.common.views import page
from explor.ground.documents.views.files import show

from .. import engine, queries
from ..models import ProjectSheet

PER_PAGE = 20


@public
@require_safe
@fresh(queries.edition)
def sheets(request: Versioned) -> HttpResponse:
    """The directory: words, facets that keep one another, twenty sheets a page."""
    asked = queries.Asked.of(request.GET)
    found = queries.answer(asked, at=request.version)
    rows = Paginator(found.order, PER_PAGE).get_page(request.GET.get("page"))
    numbers = [int(each) for each in rows.object_list]
    cards = queries.cards(numbers, found.asked.q)
    facets = queries.shown(found, whole=request.GET.get("voir", ""))
    context = {
        "asked": asked,
        "found": found,
        "rows": rows,
        "cards": cards,
        "lines": queries.listed(cards),
        "facets": facets,
        "chips": queries.chips(asked, facets),
        "sorts": queries.SORTS.items(),
        "ways": queries.ways_out(found, facets) if not found.total else [],
        "query": found.asked.query(),
    }
    return page(request, "directory/sheets.html", context)


@public
@require_safe
@fresh(queries.edition)
def world(request: Versioned) -> HttpResponse:
    """The map of what is asked, and the same figures as a list."""
    asked = queries.Asked.of(request.GET)
    found = queries.answer(asked, at=request.version)
    countries = queries.places(found.counts["pays"])
    facets = queries.shown(found, whole=request.GET.get("voir", ""))
    context = {
        "asked": asked,
        "found": found,
        "countries": [(*each, asked.only("pays", each[0]).query()) for each in countries],
        "columns": ["Pays", "Projets"],
        "facets": facets,
        "chips": queries.chips(asked, facets),
        "query": asked.query(),
    }
    return page(request, "directory/map.html", context | queries.world(countries, asked))


@public
@require_safe
@fresh(queries.edition)
def sheet(request: Versioned, slug: str) -> HttpResponse:
    """One sheet, as a page to read; 410 once withdrawn, and its former addresses lead to it."""
    found = _drawn(request.version, slug)
    if isinstance(found, str):
        return HttpResponsePermanentRedirect(f"/projets/{found}/")
    return page(request, "directory/sheet.html", found) if found else _gone(request)


@lru_cache(maxsize=128)
def _drawn(version: queries.Version, slug: str) -> dict[str, Any] | str | None:
    """The page of a sheet in an edition, read and drawn once: it is the same for everyone.

    Nothing of a published sheet changes, its state least of all, without another edition. As
    `queries.find_sheet`, the slug of a sheet that moved, None for one withdrawn.
    """
    row = queries.find_sheet(slug)
    if not isinstance(row, ProjectSheet):
        return row
    told, home = engine.sheet_of(row.content), f"{settings.EXPLOR_URL}/"
    url = f"{home}projets/{row.slug}/"
    body = render_to_string("directory/_body.html", queries.page_of(row, told, version))
    return {
        "row": row,
        "url": url,
        "body": SafeString(body),
        "jsonld": SafeString(engine.script_of(told, url=url, home=home)),
    }


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "directory/gone.html", status=410)


@public
@require_safe
@fresh(queries.edition)
def take(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """One sheet to take away: PDF, picture, Markdown, JSON, JSON-LD."""
    if form not in queries.MIMES:
        raise Http404
    found = queries.find_sheet(slug)
    if not isinstance(found, ProjectSheet):
        return (
            HttpResponsePermanentRedirect(f"/projets/{found}.{form}") if found else _gone(request)
        )
    mime, content = queries.written(found, form)
    headers = {"Content-Disposition": f'inline; filename="{slug}.{form}"'}
    return HttpResponse(content, content_type=mime, headers=headers)


@public
@require_safe
def photo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A photograph of a published sheet."""
    return show(request, queries.photo_of(pk).document)
