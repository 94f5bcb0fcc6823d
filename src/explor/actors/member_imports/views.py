"""Pages of the imports of members that other imports do not have: upload, invitations, faults."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from explor.actors.networks.models import Network
from explor.ground.common.access import require
from explor.ground.common.export import csv_file
from explor.ground.common.forms import Act
from explor.ground.common.hats import wear
from explor.ground.common.request import Request
from explor.ground.common.views import answer, create, page, submit
from explor.ground.imports.pages import home_of, urls_of
from explor.ground.imports.selectors import progress_of

from . import actions, pages, rules, selectors
from .forms import FileForm
from .models import MemberImport


@wear("reseau")
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
    return page(request, "member_imports/upload.html", {"form": form})


@wear("reseau")
def invite(request: Request, pk: int) -> HttpResponse:
    """Write to the people of the file, once the officer confirms."""
    batch = _batch_of(request, pk)
    require(rules.can_invite(request.actor, batch))
    form = Act(request.POST or None, subject=batch)
    if submit(request, form, lambda: actions.invite_lines(batch, by=request.actor)):
        home = home_of(batch, request.actor)
        return answer(request, home, "Les invitations sont parties.")
    count = min(progress_of(batch)["to_invite"], actions.AT_ONCE)
    urls = urls_of(batch, request.actor)
    context = {"form": form, "batch": batch, "count": count, "urls": urls}
    return page(request, "member_imports/invite.html", context)


@wear("reseau")
def faults(request: Request, pk: int) -> HttpResponse:
    """Download the faults of the file, to correct it where it comes from."""
    lines = selectors.faulty_lines_of(_batch_of(request, pk))
    return csv_file("fautes", pages.FAULTS, pages.fault_rows(lines))


def _batch_of(request: Request, pk: int) -> MemberImport:
    visible = MemberImport.objects.visible_to(request.actor).select_related("network")
    return get_object_or_404(visible, pk=pk)
