"""A network brings its members in: a file, its columns, what is read, who is enrolled, undone."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from explor.actors.networks.models import Network
from explor.ground.common.export import csv_file
from explor.ground.common.forms import Act
from explor.ground.common.hats import wear
from explor.ground.common.request import Request
from explor.ground.common.views import answer, create, page, submit

from .. import actions, queries
from ..engine import shown
from ..forms import ColumnsForm, FileForm
from ..models import MemberImport, MemberLine
from ..states import FileState

VERBS = {
    "lire": ("read", "La lecture commence."),
    "inscrire": ("enrol", "L’inscription commence. Personne ne reçoit de message."),
    "annuler": ("undo", "L’import est annulé : ce qu’il a créé s’efface."),
}


@wear("reseau")
def files(request: Request) -> HttpResponse:
    """The files brought in, the latest first."""
    found = MemberImport.objects.visible_to(request.actor)
    rows = Paginator(found, 30).get_page(request.GET.get("page"))
    columns = ["Fichier", "Contenu", "État", "Le"]
    return page(request, "membership/reseau_files.html", {"rows": rows, "columns": columns})


@wear("reseau")
def upload(request: Request) -> HttpResponse:
    """Send a file of associations, employers or experts."""
    form = FileForm(request.POST or None, request.FILES or None)
    network = get_object_or_404(Network, pk=request.actor.scope)

    def run() -> str:
        sent, what = form.cleaned_data["file"], form.cleaned_data["what"]
        made = actions.upload(
            network=network, what=what, name=sent.name, content=sent.read(), by=request.actor
        )
        return _page_of(request, made)

    if url := create(request, form, run):
        return redirect(url)
    return page(request, "membership/reseau_upload.html", {"form": form})


@wear("reseau")
def columns(request: Request, pk: int) -> HttpResponse:
    """Say what each column holds; the guess is there, with the first rows of the file."""
    found = _found(request, pk)
    form = ColumnsForm(request.POST or None, subject=found)

    def run() -> None:
        actions.read(found, by=request.actor, mapping=form.mapping, seen=form.seen)

    if submit(request, form, run):
        return answer(request, _page_of(request, found), "La lecture commence.")
    named = [column["name"] for column in found.columns]
    preview = [list(zip(named, row, strict=False)) for row in found.shown]
    context = {"form": form, "batch": found, "headings": named, "preview": preview}
    return page(request, "membership/reseau_columns.html", context)


@wear("reseau")
def file(request: Request, pk: int) -> HttpResponse:
    """How far it is, what was understood line by line, faults and doubles."""
    found = _found(request, pk)
    kind = request.GET.get("voir", "")
    lines = Paginator(queries.lines_of(found, kind), 20).get_page(request.GET.get("page"))
    context = {
        "batch": found,
        "progress": queries.progress_of(found),
        "lines": lines,
        "rows": [(line, shown(found.what, line.content or {})) for line in lines],
        "kind": kind,
        "form": Act(subject=found),
        "verbs": found.workflow.verbs(found.state, "reseau"),
        "slugs": {name: slug for slug, (name, _) in VERBS.items()},
    }
    return page(request, "membership/reseau_file.html", context)


@wear("reseau")
@require_POST
def act(request: Request, pk: int, verb: str) -> HttpResponse:
    """Read again, enrol, undo."""
    if verb not in VERBS:
        raise Http404
    found, (name, done) = _found(request, pk), VERBS[verb]
    form = Act(request.POST, subject=found)
    if submit(
        request, form, lambda: getattr(actions, name)(found, by=request.actor, seen=form.seen)
    ):
        return answer(request, _page_of(request, found), done)
    title = found.workflow.transition(found.state, name).label
    context = {"form": form, "batch": found, "title": title}
    return page(request, "membership/reseau_refused.html", context)


@wear("reseau")
@require_POST
def stop(request: Request, pk: int) -> HttpResponse:
    """The job stops after the lines it holds."""
    found = _found(request, pk)
    actions.halt(found, by=request.actor)
    return answer(request, _page_of(request, found), "L’arrêt est demandé. Vous pourrez reprendre.")


@wear("reseau")
def invite(request: Request, pk: int) -> HttpResponse:
    """Write to the people of the file: asked first, never by itself."""
    found = _found(request, pk)
    form = Act(request.POST or None, subject=found)
    if submit(request, form, lambda: actions.invite_lines(found, by=request.actor)):
        return answer(request, _page_of(request, found), "Les invitations sont parties.")
    count = min(queries.progress_of(found)["to_invite"], actions.AT_ONCE)
    context = {"form": form, "batch": found, "count": count}
    return page(request, "membership/reseau_invite.html", context)


@wear("reseau")
def faults(request: Request, pk: int) -> HttpResponse:
    """The faults of the file, to mend it where it comes from."""
    return csv_file("fautes", queries.FAULTS, queries.faults_of(_found(request, pk)))


@wear("reseau")
@require_POST
def keep(request: Request, pk: int) -> HttpResponse:
    """Enrol a line that looks like somebody we have, or leave it out."""
    own = MemberLine.objects.filter(batch__network=request.actor.scope)
    line = get_object_or_404(own.select_related("batch"), pk=pk)
    actions.keep(line, by=request.actor, wanted="oui" in request.POST)
    return redirect(f"{_page_of(request, line.batch)}?voir=doubles")


def _found(request: Request, pk: int) -> MemberImport:
    visible = MemberImport.objects.visible_to(request.actor).select_related("network")
    return get_object_or_404(visible, pk=pk)


def _page_of(request: Request, found: MemberImport) -> str:
    name = "reseau_file_columns" if found.state == FileState.MAPPING else "reseau_file"
    return reverse(f"membership:{name}", args=[request.actor.key, found.pk])
