"""The missions that look for someone: what anyone may read of an announced need."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from explor.ground.common.access import public
from explor.ground.common.freshness import fresh
from explor.ground.common.views import page

from .. import queries

FILTERS = ("q", "pays", "secteur")


@public
@require_safe
@fresh(queries.version)
def missions(request: HttpRequest) -> HttpResponse:
    """Announced needs with a free seat, the nearest window first."""
    asked = {name: request.GET.get(name, "").strip()[:120] for name in FILTERS}
    rows = Paginator(queries.to_fill(**asked), 20).get_page(request.GET.get("page"))
    context = {"rows": rows, "asked": asked, "sought": queries.sought()}
    return page(request, "introductions/missions.html", context)
