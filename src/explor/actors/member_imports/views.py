"""Pages of the imports of members that other imports do not have: upload, invitations, faults."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from explor.actors.networks.models import Network
from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.imports.pages import home_of, urls_of
from explor.ground.imports.selectors import progress_of
from explor.ground.roles.registry import role_required
from explor.ground.ui.export import csv_file
from explor.ground.ui.submit import create, submit
from explor.ground.workflow.forms import ActionForm

from . import actions, pages, rules, selectors
from .forms import FileForm
from .models import MemberImport


@role_required("reseau")
def upload(request: Request) -> HttpResponse:
    """Send a file of associations, employers or experts."""
    require(rules.can_import(request.actor, None))
    form = FileForm(request.POST or None, request.FILES or None)
    network = get_object_or_404(Network, pk=request.actor.scope)

    def run() -> str:
        sent, what = form.cleaned_data["file"], form.cleaned_data["what"]
        batch = actions.upload(
            network=network, what=what, name=sent.name, content=sent.read(), by=request.actor
        )
        return home_of(batch, request.actor)

    if url := create(request, form, run):
        return redirect(url)
    return render_page(request, "member_imports/upload.html", {"form": form})


@role_required("reseau")
def invite(request: Request, pk: int) -> HttpResponse:
    """Write to the people of the file, once the officer confirms."""
    batch = _batch_of(request, pk)
    require(rules.can_invite(request.actor, batch))
    form = ActionForm(request.POST or None, subject=batch)
    if submit(request, form, lambda: actions.invite_lines(batch, by=request.actor)):
        home = home_of(batch, request.actor)
        return done_redirect(request, home, "Les invitations sont parties.")
    count = min(progress_of(batch)["to_invite"], actions.AT_ONCE)
    urls = urls_of(batch, request.actor)
    context = {"form": form, "batch": batch, "count": count, "urls": urls}
    return render_page(request, "member_imports/invite.html", context)


@role_required("reseau")
def faults(request: Request, pk: int) -> HttpResponse:
    """Download the faults of the file, to correct it where it comes from."""
    lines = selectors.faulty_lines_of(_batch_of(request, pk))
    return csv_file("fautes", pages.FAULTS, pages.fault_rows(lines))


def _batch_of(request: Request, pk: int) -> MemberImport:
    visible = MemberImport.objects.visible_to(request.actor).select_related("network")
    return get_object_or_404(visible, pk=pk)
