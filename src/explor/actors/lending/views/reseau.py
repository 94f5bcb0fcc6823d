"""The page where a network reads the lending rules of an employer."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from explor.actors.organisations.models import Kind, Organisation
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required

from .. import pages, selectors


@role_required("reseau")
def rules_of_employer(request: Request, pk: int) -> HttpResponse:
    """Show the rules of an employer of the network, read-only."""
    visible = Organisation.objects.visible_to(request.actor).filter(kind=Kind.EMPLOYER)
    lending = selectors.rules_of(get_object_or_404(visible, pk=pk))
    return render_page(request, "lending/rules.html", pages.context_of(lending))
