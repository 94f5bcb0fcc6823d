"""Pages on which a network consults the projects of its associations."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.parts import panels_of

from .. import pages
from ..models import Project


@role_required("reseau")
def project(request: Request, pk: int) -> HttpResponse:
    """Show the fields of a project of the network, with the panels that other capabilities add."""
    visible = Project.objects.visible_to(request.actor).select_related("association")
    instance = get_object_or_404(visible, pk=pk)
    panels = panels_of(request, "project", instance)
    context = {"project": instance, "facts": pages.facts_of(instance), "panels": panels}
    return render_page(request, "projects/reseau_project.html", context)
