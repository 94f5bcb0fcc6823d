"""Pages where a network lists, reads over, publishes and withdraws its sheets."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.actors.projects.models import Project
from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.submit import submit
from explor.ground.workflow.forms import ActionForm

from .. import actions, engine, pages, rules
from ..forms import PlanForm
from ..models import ProjectSheet
from ..states import State

VERBS = {
    "publier": ("publish", "La fiche est publiée."),
    "planifier": ("plan", "La fiche se publiera toute seule ce jour-là."),
    "confirmer": ("confirm", "La fiche est confirmée à jour."),
    "retirer": ("withdraw", "La fiche est retirée de l’annuaire."),
}
ACTIONS: dict[str, Callable[..., ProjectSheet]] = {
    "publish": actions.publish,
    "plan": actions.plan,
    "confirm": actions.confirm,
    "withdraw": actions.withdraw,
}
FORMS = {"plan": PlanForm}


@role_required("reseau")
def sheets(request: Request) -> HttpResponse:
    """List the sheets of the network, drafts first."""
    filters = {name: request.GET.get(name, "").strip() for name in ("q", "state")}
    own = ProjectSheet.objects.filter(network=request.actor.scope)
    if filters["state"]:
        own = own.filter(state=filters["state"])
    for word in filters["q"].split():
        own = own.filter(title__unaccent__icontains=word)
    rows = Paginator(own.order_by("state", "-pk"), 30).get_page(request.GET.get("page"))
    columns = ["Fiche", "Porteur", "État", "Confirmée"]
    context = {"rows": rows, "filters": filters, "states": State.choices, "columns": columns}
    return render_page(request, "sheets/reseau_sheets.html", context)


@role_required("reseau")
def sheet(request: Request, pk: int) -> HttpResponse:
    """Show the sheet as it will be read, with the verbs that its state allows."""
    row = _own(request, pk)
    context = {
        "row": row,
        **pages.review_of(row, engine.sheet_of(row.content)),
        "verbs": _verbs(request, row),
    }
    return render_page(request, "sheets/reseau_sheet.html", context)


@role_required("reseau")
def write(request: Request, project: int) -> HttpResponse:
    """Write the sheet from the file of the project, again or for the first time."""
    own = Project.objects.visible_to(request.actor).select_related("association")
    subject = get_object_or_404(own, pk=project)
    require(rules.can_write(request.actor, subject))
    form = ActionForm(request.POST or None, subject=subject)
    written: list[ProjectSheet] = []

    def run() -> None:
        written.append(actions.write_from_file(subject, by=request.actor))

    if submit(request, form, run):
        url = reverse("sheets:reseau_sheet", args=[request.actor.key, written[0].pk])
        return done_redirect(request, url, "La fiche est écrite à partir du dossier. Relisez-la.")
    return render_page(request, "sheets/reseau_write.html", {"form": form, "project": subject})


@role_required("reseau")
def act(request: Request, pk: int, verb: str) -> HttpResponse:
    """Publish, plan, confirm or withdraw the sheet."""
    if verb not in VERBS:
        raise Http404
    row, (name, done) = _own(request, pk), VERBS[verb]
    require(rules.can_act(request.actor, name, row))
    transition = row.workflow.transition(row.state, name)
    kind = FORMS.get(name, ActionForm)
    form = kind(request.POST or None, subject=row, needs_reason=transition.needs_reason)

    def run() -> None:
        ACTIONS[name](row, by=request.actor, expected_version=form.expected_version, **_typed(form))

    if submit(request, form, run):
        url = reverse("sheets:reseau_sheet", args=[request.actor.key, pk])
        return done_redirect(request, url, done)
    context = {"form": form, "row": row, "transition": transition}
    return render_page(request, "sheets/reseau_act.html", context)


def _typed(form: ActionForm) -> dict[str, object]:
    """Return what was typed beside the version, without blank values."""
    return {name: value for name, value in form.values.items() if value != ""}


def _own(request: Request, pk: int) -> ProjectSheet:
    own = ProjectSheet.objects.filter(network=request.actor.scope).select_related("project")
    return get_object_or_404(own, pk=pk)


def _verbs(request: Request, row: ProjectSheet) -> list[dict[str, object]]:
    """Return the buttons of the verbs that the network may use on the sheet."""
    slugs = {name: slug for slug, (name, _) in VERBS.items()}  # the others are the association's
    missing = " ".join(rules.missing_to_publish(row))
    return [
        {
            "label": transition.label,
            "danger": transition.danger,
            "url": reverse(
                "sheets:reseau_act", args=[request.actor.key, row.pk, slugs[transition.verb]]
            ),
            "refused": missing if transition.verb == "publish" else "",
        }
        for transition in row.workflow.verbs(row.state, "reseau")
        if transition.verb in slugs
    ]
