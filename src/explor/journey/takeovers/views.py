"""Pages specific to what a network takes over: upload, template file, list of errors."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from explor.actors.networks.models import Network
from explor.ground.audit.views import reading
from explor.ground.http.access import require
from explor.ground.http.limits import COSTLY, limited
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.imports.pages import home_of
from explor.ground.roles.registry import role_required
from explor.ground.ui.export import csv_file, template_file
from explor.ground.ui.submit import create

from . import actions, pages, rules, selectors
from .forms import FileForm
from .models import Takeover


@role_required("reseau")
def upload(request: Request) -> HttpResponse:
    """Upload a file of missions or of lines of budget."""
    require(rules.can_import(request.actor, None))
    form = FileForm(request.POST or None, request.FILES or None)
    network = get_object_or_404(Network, pk=request.actor.scope)

    def save() -> str:
        sent, what = form.cleaned_data["file"], form.cleaned_data["what"]
        batch = actions.upload(
            network=network, what=what, name=sent.name, content=sent.read(), by=request.actor
        )
        return home_of(request.actor, batch)

    if url := create(request, form, save):
        return redirect(url)
    return render_page(request, "takeovers/upload.html", {"form": form})


@limited(COSTLY)
@role_required("reseau")
def template(request: Request) -> HttpResponse:
    """Download the workbook to fill: associations, professionals, missions, budgets."""
    require(rules.can_import(request.actor, None))
    return template_file("explor-premier-jour", pages.template_sheets())


@limited(COSTLY)
@role_required("reseau")
def faults(request: Request, pk: int) -> HttpResponse:
    """Download the errors of the file as CSV, to correct the original file."""
    batch = get_object_or_404(Takeover.objects.visible_to(request.actor), pk=pk)
    rows = pages.fault_rows(selectors.faulty_lines_of(batch))
    return reading(csv_file("fautes", pages.FAULTS, rows), by=request.actor, what="takeovers.csv")
