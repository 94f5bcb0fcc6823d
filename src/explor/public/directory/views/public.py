"""What anyone reads of the projects."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from explor.ground.common.access import public
from explor.ground.common.views import page

from .. import engine, queries
from ..models import ProjectSheet
from ..states import State


@public
@require_safe
def sheets(request: HttpRequest) -> HttpResponse:
    """The directory: words, filters, twenty sheets a page."""
    asked = queries.Asked.of(request.GET)
    found = queries.search(asked).values_list(*queries.COLUMNS)
    rows = Paginator(found, 20).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "rows": rows,
        "cards": queries.cards(rows.object_list),
        "facets": queries.facets(),
        **queries.options(),
    }
    return page(request, "directory/sheets.html", context)


@public
@require_safe
def world(request: HttpRequest) -> HttpResponse:
    """The map, and the same figures as a list."""
    countries = queries.facets()["pays"]
    context = {"countries": countries, "columns": ["Pays", "Projets"]}
    return page(request, "directory/map.html", context | queries.world(countries))


@public
@require_safe
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """One sheet, as a page to read; 410 once withdrawn."""
    found = ProjectSheet.objects.select_related("network").filter(slug=slug).first()
    if found is None or found.state == State.DRAFT:
        raise Http404
    if found.state == State.WITHDRAWN:
        return render(request, "directory/gone.html", status=410)
    told = engine.sheet_of(found.content)
    context = {
        "row": found,
        "sheet": told,
        "status": engine.status_of(told),
        "facts": queries.facts_of(told),
        "carrier": queries.carrier_facts_of(told),
        "sections": queries.sections_of(told),
    }
    return page(request, "directory/sheet.html", context)
