"""A network reads the projects of its members."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from explor.ground.common.hats import wear
from explor.ground.common.parts import panels_of
from explor.ground.common.request import Request
from explor.ground.common.views import page

from .. import queries
from ..models import Project


@wear("reseau")
def project(request: Request, pk: int) -> HttpResponse:
    visible = Project.objects.visible_to(request.actor).select_related("association")
    found = get_object_or_404(visible, pk=pk)
    panels = panels_of(request, "project", found)
    context = {"project": found, "facts": queries.facts_of(found), "panels": panels}
    return page(request, "projects/reseau_project.html", context)
