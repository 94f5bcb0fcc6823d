"""An association reads over the sheet of its project, validates it, confirms it."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.ground.common.access import require
from explor.ground.common.forms import Act
from explor.ground.common.hats import wear
from explor.ground.common.request import Request
from explor.ground.common.views import answer, create, page, submit

from .. import actions, engine, queries, rules
from ..forms import CorrectionForm
from ..models import ProjectSheet

VERBS = {
    "valider": ("approve", "La fiche est validée. Votre réseau la publiera."),
    "confirmer": ("confirm", "Merci : la fiche est confirmée à jour."),
}


@wear("association")
def sheet(request: Request, pk: int) -> HttpResponse:
    """The sheet as anyone will read it, and where each part comes from."""
    found = _own(request, pk)
    context = {
        "row": found,
        **queries.draft_of(found, engine.sheet_of(found.content)),
        "form": Act(subject=found),
        "verbs": [
            (slug, row.label)
            for slug, (name, _) in VERBS.items()
            for row in found.workflow.verbs(found.state, "association")
            if row.verb == name and not (name == "approve" and found.approved_on)
        ],
    }
    return page(request, "directory/association_sheet.html", context)


@wear("association")
def act(request: Request, pk: int, verb: str) -> HttpResponse:
    """One click validates or confirms."""
    if verb not in VERBS:
        raise Http404
    found, (name, done) = _own(request, pk), VERBS[verb]
    require(rules.can(request.actor, name, found))
    form = Act(request.POST or None, subject=found)
    if submit(
        request, form, lambda: getattr(actions, name)(found, by=request.actor, seen=form.seen)
    ):
        return answer(request, _page_of(request, pk), done)
    title = found.workflow.transition(found.state, name).label
    context = {"form": form, "row": found, "title": title, "button": title}
    return page(request, "directory/association_form.html", context)


@wear("association")
def correct(request: Request, pk: int) -> HttpResponse:
    """Say what is wrong; the network writes the sheet again."""
    found = _own(request, pk)
    form = CorrectionForm(request.POST or None)

    def run() -> str:
        actions.ask_correction(found, by=request.actor, words=form.cleaned_data["words"])
        return _page_of(request, pk)

    if url := create(request, form, run):
        return answer(request, url, "Votre réseau est prévenu.")
    title = "Signaler une correction"
    context = {"form": form, "row": found, "title": title, "button": "Envoyer"}
    return page(request, "directory/association_form.html", context)


def _own(request: Request, pk: int) -> ProjectSheet:
    own = ProjectSheet.objects.filter(project__association=request.actor.scope)
    return get_object_or_404(own.select_related("network", "project"), pk=pk)


def _page_of(request: Request, pk: int) -> str:
    return reverse("directory:association_sheet", args=[request.actor.key, pk])
