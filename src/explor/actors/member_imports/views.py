"""Pages specific to imports of members: upload, invitations, list of errors."""

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
from explor.ground.ui.export import csv_file
from explor.ground.ui.submit import create
from explor.ground.workflow.pages import Verb, VerbPages

from . import actions, pages, rules, selectors
from .forms import FileForm
from .models import MemberImport


def load(request: Request, pk: int) -> MemberImport:
    """Return an imported file of the network, else 404."""
    visible = MemberImport.objects.visible_to(request.actor).select_related("network")
    return get_object_or_404(visible, pk=pk)


INVITATIONS = VerbPages(
    "member_imports",
    "organisations/adhesions/fichiers/<int:pk>/",
    load=load,
    back=home_of,
    roles=("reseau",),
    verbs=(
        Verb(
            actions.invite_lines,
            "inviter",
            url_name="import_invite",
            label="Envoyer les invitations",
            title=pages.title_of_invite,
            versioned=False,
            can=rules.can_invite,
            blockers=pages.blockers_of_invite,
            effects=pages.effects_of_invite,
            done="Les invitations sont parties.",
        ),
    ),
)


@role_required("reseau")
def upload(request: Request) -> HttpResponse:
    """Upload a file of associations, employers or experts."""
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
    return render_page(request, "member_imports/upload.html", {"form": form})


@limited(COSTLY)
@role_required("reseau")
def faults(request: Request, pk: int) -> HttpResponse:
    """Download the errors of the file as CSV, to correct the original file."""
    lines = selectors.faulty_lines_of(load(request, pk))
    file = csv_file("fautes", pages.FAULTS, pages.fault_rows(lines))
    return reading(file, by=request.actor, what="member_imports.csv")
