"""A network reads the profiles it may see."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.mail.queries import bad_addresses
from explor.ground.reference.queries import choices
from explor.ground.roles.registry import role_required

from .. import pages, selectors
from ..models import Expert
from ..states import State


@role_required("reseau")
def experts(request: Request) -> HttpResponse:
    """Those who let this network see them."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "sector", "state")}
    rows = Paginator(selectors.search(request.actor, **asked), 30).get_page(request.GET.get("page"))
    context = {
        "rows": rows,
        "asked": asked,
        "caption": f"{rows.paginator.count} profils",
        "columns": ["Personne", "Métier", "Employeur", "État"],
        "sectors": choices("sectors"),
        "states": State.choices,
    }
    return render_page(request, "experts/reseau_experts.html", context)


@role_required("reseau")
def expert(request: Request, pk: int) -> HttpResponse:
    visible = selectors.with_related(Expert.objects.visible_to(request.actor))
    found = get_object_or_404(visible, pk=pk)
    context = {
        "expert": found,
        "facts": pages.facts_of(found),
        "bad": bad_addresses([found.person.email]),
    }
    return render_page(request, "experts/reseau_expert.html", context)
