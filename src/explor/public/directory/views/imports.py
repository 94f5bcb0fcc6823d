"""A network brings sheets in: a file, its columns, what is understood, the drafts, the way back."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from explor.actors.networks.models import Network
from explor.ground.common.forms import Act
from explor.ground.common.hats import wear
from explor.ground.common.request import Request
from explor.ground.common.views import answer, create, page, submit

from .. import actions, queries
from ..forms import ImportForm, MappingForm
from ..models import ImportLine, SheetImport

VERBS = {
    "lire": ("read", "La lecture commence."),
    "creer": ("make", "La création commence."),
    "annuler": ("undo", "L’import est annulé : ses brouillons s’effacent."),
}


@wear("reseau")
def upload(request: Request) -> HttpResponse:
    """Send a file, or paste the text of a sheet."""
    form = ImportForm(request.POST or None, request.FILES or None)
    network = get_object_or_404(Network, pk=request.actor.scope)

    def run() -> str:
        data = form.cleaned_data
        made = actions.upload(
            network=network, name=data["name"], content=data["content"], by=request.actor
        )
        return _page_of(request, made)

    if url := create(request, form, run):
        return redirect(url)
    return page(request, "directory/reseau_import.html", {"form": form})


@wear("reseau")
def imports(request: Request) -> HttpResponse:
    """The files brought in, the latest first."""
    found = SheetImport.objects.visible_to(request.actor)
    rows = Paginator(found, 30).get_page(request.GET.get("page"))
    columns = ["Fichier", "Sorte", "État", "Le"]
    return page(request, "directory/reseau_imports.html", {"rows": rows, "columns": columns})


@wear("reseau")
def batch(request: Request, pk: int) -> HttpResponse:
    """How far it is, what was understood line by line, what looks like a sheet we have."""
    found = _found(request, pk)
    kind = request.GET.get("voir", "")
    lines = Paginator(queries.lines_of(found, kind), 20).get_page(request.GET.get("page"))
    context = {
        "batch": found,
        "progress": queries.progress_of(found),
        "lines": lines,
        "kind": kind,
        "form": Act(subject=found),
        "verbs": found.workflow.verbs(found.state, "reseau"),
        "slugs": {name: slug for slug, (name, _) in VERBS.items()},
    }
    return page(request, "directory/reseau_batch.html", context)


@wear("reseau")
def columns(request: Request, pk: int) -> HttpResponse:
    """Say what each column of a table holds; the guess is already there."""
    found = _found(request, pk)
    form = MappingForm(request.POST or None, subject=found)

    def run() -> None:
        actions.read(found, by=request.actor, mapping=form.mapping, seen=form.seen)

    if submit(request, form, run):
        return answer(request, _page_of(request, found), "La lecture commence.")
    return page(request, "directory/reseau_columns.html", {"form": form, "batch": found})


@wear("reseau")
@require_POST
def act(request: Request, pk: int, verb: str) -> HttpResponse:
    """Read, make, undo."""
    if verb not in VERBS:
        raise Http404
    found, (name, done) = _found(request, pk), VERBS[verb]
    form = Act(request.POST, subject=found)
    if submit(
        request, form, lambda: getattr(actions, name)(found, by=request.actor, seen=form.seen)
    ):
        return answer(request, _page_of(request, found), done)
    context = {
        "form": form,
        "batch": found,
        "title": found.workflow.transition(found.state, name).label,
    }
    return page(request, "directory/reseau_refused.html", context)


@wear("reseau")
@require_POST
def stop(request: Request, pk: int) -> HttpResponse:
    """The job stops after the lines it holds."""
    found = _found(request, pk)
    actions.stop(found, by=request.actor)
    return answer(request, _page_of(request, found), "L’arrêt est demandé. Vous pourrez reprendre.")


@wear("reseau")
@require_POST
def keep(request: Request, pk: int) -> HttpResponse:
    """Make a sheet of a line that looks like one we have, or leave it out."""
    own = ImportLine.objects.filter(batch__network=request.actor.scope)
    line = get_object_or_404(own.select_related("batch"), pk=pk)
    actions.keep(line, by=request.actor, wanted="oui" in request.POST)
    return redirect(f"{_page_of(request, line.batch)}?voir=doubles")


def _found(request: Request, pk: int) -> SheetImport:
    return get_object_or_404(SheetImport.objects.visible_to(request.actor), pk=pk)


def _page_of(request: Request, found: SheetImport) -> str:
    name = "reseau_columns" if found.state == "mapping" else "reseau_batch"
    return reverse(f"directory:{name}", args=[request.actor.key, found.pk])
