"""The page that lists the experts among the staff of an employer."""

from django.core.paginator import Paginator
from django.http import HttpResponse

from explor.ground.audit.views import file_of_list
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required

from .. import pages, selectors

COLUMNS = ["Personne", "Métier", "Fin du contrat", "État"]


@role_required("employeur")
def experts(request: Request) -> HttpResponse:
    """List the staff of this employer who have a profile, as a page or a downloaded file.

    The columns are the name, the job, the end of the contract and the state.
    """
    filters = {"q": request.GET.get("q", "").strip()}
    results = selectors.search(request.actor, **filters)
    if file := file_of_list(request, "experts", pages.EXPORTED_TO_EMPLOYER, results):
        return file
    rows = Paginator(results, 30).get_page(request.GET.get("page"))
    context = {"rows": rows, "filters": filters, "columns": COLUMNS}
    return render_page(request, "experts/employeur_experts.html", context)
