"""An employer sees which of its people offer their expertise, no more."""

from django.core.paginator import Paginator
from django.http import HttpResponse

from explor.ground.common.hats import wear
from explor.ground.common.request import Request
from explor.ground.common.views import page

from .. import queries


@wear("employeur")
def experts(request: Request) -> HttpResponse:
    asked = {"q": request.GET.get("q", "").strip()}
    rows = Paginator(queries.search(request.actor, **asked), 30).get_page(request.GET.get("page"))
    context = {"rows": rows, "asked": asked, "columns": ["Personne", "Métier", "État"]}
    return page(request, "experts/employeur_experts.html", context)
