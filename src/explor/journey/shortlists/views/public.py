"""The public page of the missions to fill."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from explor.ground.http.access import public
from explor.ground.http.conditional_get import conditional_get
from explor.ground.http.views import render_page

from .. import pages, selectors

FILTERS = ("q", "pays", "secteur")


@public
@require_safe
@conditional_get(selectors.missions_revision)
def missions(request: HttpRequest) -> HttpResponse:
    """Show the announced needs with a free seat, the nearest dates first."""
    filters = {name: request.GET.get(name, "").strip()[:120] for name in FILTERS}
    needs = selectors.missions_to_fill(**filters)
    rows = Paginator(needs, 20).get_page(request.GET.get("page"))
    context = {"rows": rows, "filters": filters, "sought": pages.mission_filters()}
    return render_page(request, "shortlists/missions.html", context)
