"""Pages where an association reads over, validates and confirms the sheet of its project."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.submit import create, submit
from explor.ground.workflow.forms import ActionForm

from .. import actions, engine, pages, rules
from ..forms import CorrectionForm
from ..models import ProjectSheet

VERBS = {
    "valider": ("approve", "La fiche est validée. Votre réseau la publiera."),
    "confirmer": ("confirm", "Merci : la fiche est confirmée à jour."),
}
ACTIONS = {"approve": actions.approve, "confirm": actions.confirm}


@role_required("association")
def sheet(request: Request, pk: int) -> HttpResponse:
    """Show the sheet as anyone will read it, and where each field comes from."""
    row = _own(request, pk)
    context = {
        "row": row,
        **pages.review_of(row, engine.sheet_of(row.content)),
        "form": ActionForm(subject=row),
        "verbs": [
            (slug, transition.label)
            for slug, (name, _) in VERBS.items()
            for transition in row.workflow.verbs(row.state, "association")
            if transition.verb == name and not (name == "approve" and row.approved_on)
        ],
    }
    return render_page(request, "sheets/association_sheet.html", context)


@role_required("association")
def act(request: Request, pk: int, verb: str) -> HttpResponse:
    """Validate or confirm the sheet."""
    if verb not in VERBS:
        raise Http404
    row, (name, done) = _own(request, pk), VERBS[verb]
    require(rules.can_act(request.actor, name, row))
    form = ActionForm(request.POST or None, subject=row)
    if submit(
        request,
        form,
        lambda: ACTIONS[name](row, by=request.actor, expected_version=form.expected_version),
    ):
        return done_redirect(request, _page_of(request, pk), done)
    title = row.workflow.transition(row.state, name).label
    context = {"form": form, "row": row, "title": title, "button": title}
    return render_page(request, "sheets/association_form.html", context)


@role_required("association")
def correct(request: Request, pk: int) -> HttpResponse:
    """Send the network what is wrong in the sheet."""
    row = _own(request, pk)
    require(rules.can_ask_correction(request.actor, row))
    form = CorrectionForm(request.POST or None)

    def run() -> str:
        actions.ask_correction(row, by=request.actor, words=form.cleaned_data["words"])
        return _page_of(request, pk)

    if url := create(request, form, run):
        return done_redirect(request, url, "Votre réseau est prévenu.")
    title = "Signaler une correction"
    context = {"form": form, "row": row, "title": title, "button": "Envoyer"}
    return render_page(request, "sheets/association_form.html", context)


def _own(request: Request, pk: int) -> ProjectSheet:
    own = ProjectSheet.objects.filter(project__association=request.actor.scope)
    return get_object_or_404(own.select_related("network", "project"), pk=pk)


def _page_of(request: Request, pk: int) -> str:
    return reverse("sheets:association_sheet", args=[request.actor.key, pk])
