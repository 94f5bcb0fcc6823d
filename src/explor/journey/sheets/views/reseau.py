"""Pages where a network lists its sheets, reviews one and compares its versions."""

from django.core.paginator import Paginator
from django.http import HttpResponse

from explor.ground.audit.views import file_of_list
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required

from .. import engine, pages, selectors
from ..states import State
from .verbs import VERBS, load

COLUMNS = ("Fiche", "Porteur", "État", "Confirmée")
PER_PAGE = 30


@role_required("reseau")
def sheets(request: Request) -> HttpResponse:
    """List the sheets of the network, drafts first, or return them as a file."""
    filters = pages.filters_of(request.GET)
    results = selectors.search(request.actor, **filters)
    if file := file_of_list(request, "sheets", pages.EXPORTED, results):
        return file
    context = {
        "rows": Paginator(results, PER_PAGE).get_page(request.GET.get("page")),
        "filters": filters,
        "states": State.choices,
        "columns": COLUMNS,
    }
    return render_page(request, "sheets/reseau_sheets.html", context)


@role_required("reseau")
def sheet(request: Request, pk: int) -> HttpResponse:
    """Show the sheet as the public will see it, with the actions that its state allows."""
    row = load(request, pk)
    context = {
        "row": row,
        **pages.review_of(row, engine.sheet_of(row.content)),
        "verbs": VERBS.buttons(request.actor, row),
    }
    return render_page(request, "sheets/reseau_sheet.html", context)


@role_required("reseau")
def versions(request: Request, pk: int) -> HttpResponse:
    """Show the versions of a sheet with their changes, the latest first."""
    row = load(request, pk)
    rows = selectors.versions_of(row)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    earlier = rows[page.end_index() : page.end_index() + 1].first()
    context = {
        "row": row,
        "page": page,
        "first": page.paginator.count - page.start_index() + 1,
        "versions": pages.versions(page.object_list, earlier),
    }
    return render_page(request, "sheets/reseau_versions.html", context)
