"""The page that uploads a file of sheets; `ground.imports` has the other pages of an import."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from explor.actors.networks.models import Network
from explor.ground.http.access import require
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.imports.pages import home_of
from explor.ground.roles.registry import role_required
from explor.ground.ui.submit import create

from .. import actions, rules
from ..forms import ImportForm


@role_required("reseau")
def upload(request: Request) -> HttpResponse:
    """Upload a file of sheets, or the pasted text of one sheet."""
    require(rules.can_import(request.actor, None))
    form = ImportForm(request.POST or None, request.FILES or None)
    network = get_object_or_404(Network, pk=request.actor.scope)

    def run() -> str:
        data = form.cleaned_data
        batch = actions.upload(
            network=network, name=data["name"], content=data["content"], by=request.actor
        )
        return home_of(request.actor, batch)

    if url := create(request, form, run):
        return redirect(url)
    return render_page(request, "sheets/sheet_imports/upload.html", {"form": form})
