"""Pages on which a network consults the profiles that it may see."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from explor.ground.audit.views import file_of_list
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.mail.selectors import bad_addresses
from explor.ground.reference.selectors import choices
from explor.ground.roles.registry import role_required
from explor.ground.ui.amounts import counted

from .. import pages, selectors
from ..models import Expert
from ..states import State


@role_required("reseau")
def experts(request: Request) -> HttpResponse:
    """List the profiles that this network may see, filtered, as a page or a downloaded file."""
    filters = {name: request.GET.get(name, "").strip() for name in ("q", "sector", "state")}
    results = selectors.search(request.actor, **filters)
    if file := file_of_list(request, "experts", pages.EXPORTED, results):
        return file
    rows = Paginator(results, 30).get_page(request.GET.get("page"))
    context = {
        "rows": rows,
        "filters": filters,
        "caption": counted(rows.paginator.count, "profil"),
        "columns": ["Personne", "Métier", "Employeur", "État"],
        "sectors": choices("sectors"),
        "states": State.choices,
    }
    return render_page(request, "experts/reseau_experts.html", context)


@role_required("reseau")
def expert(request: Request, pk: int) -> HttpResponse:
    """Show a profile, the contact details of the expert, and whether mail to the expert bounces."""
    visible = selectors.with_related(Expert.objects.visible_to(request.actor))
    profile = get_object_or_404(visible, pk=pk)
    context = {
        "expert": profile,
        "facts": pages.facts_of(profile),
        "bad": bad_addresses([profile.person.email]),
    }
    return render_page(request, "experts/reseau_expert.html", context)
