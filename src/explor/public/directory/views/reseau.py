"""A network reads over, publishes, brings in and withdraws sheets."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.actors.projects.models import Project
from explor.ground.common.access import require
from explor.ground.common.forms import Act
from explor.ground.common.hats import wear
from explor.ground.common.request import Request
from explor.ground.common.views import answer, page, submit

from .. import actions, engine, queries, rules
from ..forms import PlanForm
from ..models import ProjectSheet
from ..states import State

VERBS = {
    "publier": ("publish", "La fiche est publiée."),
    "planifier": ("plan", "La fiche se publiera toute seule ce jour-là."),
    "confirmer": ("confirm", "La fiche est confirmée à jour."),
    "retirer": ("withdraw", "La fiche est retirée de l’annuaire."),
}
FORMS = {"plan": PlanForm}


@wear("reseau")
def sheets(request: Request) -> HttpResponse:
    """The sheets of the network, drafts first."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "state")}
    found = ProjectSheet.objects.filter(network=request.actor.scope)
    if asked["state"]:
        found = found.filter(state=asked["state"])
    for word in asked["q"].split():
        found = found.filter(title__unaccent__icontains=word)
    rows = Paginator(found.order_by("state", "-pk"), 30).get_page(request.GET.get("page"))
    columns = ["Fiche", "Porteur", "État", "Confirmée"]
    context = {"rows": rows, "asked": asked, "states": State.choices, "columns": columns}
    return page(request, "directory/reseau_sheets.html", context)


@wear("reseau")
def sheet(request: Request, pk: int) -> HttpResponse:
    """The sheet as it will be read, with what can be done about it."""
    found = _found(request, pk)
    told = engine.sheet_of(found.content)
    context = {
        "row": found,
        "sheet": told,
        **queries.draft_of(found, told),
        "verbs": _verbs(request, found),
    }
    return page(request, "directory/reseau_sheet.html", context)


@wear("reseau")
def write(request: Request, project: int) -> HttpResponse:
    """The sheet writes itself from the project's file, again or for the first time."""
    found = get_object_or_404(Project.objects.visible_to(request.actor), pk=project)
    form = Act(request.POST or None, subject=found)
    made: list[ProjectSheet] = []
    if submit(request, form, lambda: made.append(actions.write_from_file(found, by=request.actor))):
        url = reverse("directory:reseau_sheet", args=[request.actor.key, made[0].pk])
        return answer(request, url, "La fiche est écrite à partir du dossier. Relisez-la.")
    return page(request, "directory/reseau_write.html", {"form": form, "project": found})


@wear("reseau")
def act(request: Request, pk: int, verb: str) -> HttpResponse:
    """Publish, confirm or withdraw."""
    if verb not in VERBS:
        raise Http404
    found, (name, done) = _found(request, pk), VERBS[verb]
    require(rules.can(request.actor, name, found))
    transition = found.workflow.transition(found.state, name)
    kind = FORMS.get(name, Act)
    form = kind(request.POST or None, subject=found, needs_reason=transition.needs_reason)

    def run() -> None:
        getattr(actions, name)(found, by=request.actor, seen=form.seen, **told(form))

    if submit(request, form, run):
        url = reverse("directory:reseau_sheet", args=[request.actor.key, pk])
        return answer(request, url, done)
    context = {"form": form, "row": found, "transition": transition}
    return page(request, "directory/reseau_act.html", context)


def told(form: Act) -> dict[str, object]:
    """What was typed beside the version, and nothing that was left blank."""
    return {name: value for name, value in form.values.items() if value != ""}


def _found(request: Request, pk: int) -> ProjectSheet:
    own = ProjectSheet.objects.filter(network=request.actor.scope).select_related("project")
    return get_object_or_404(own, pk=pk)


def _verbs(request: Request, found: ProjectSheet) -> list[dict[str, object]]:
    slugs = {name: slug for slug, (name, _) in VERBS.items()}  # the others are the association's
    missing = " ".join(rules.missing_to_publish(found))
    return [
        {
            "label": row.label,
            "danger": row.danger,
            "url": reverse(
                "directory:reseau_act", args=[request.actor.key, found.pk, slugs[row.verb]]
            ),
            "refused": missing if row.verb == "publish" else "",
        }
        for row in found.workflow.verbs(found.state, "reseau")
        if row.verb in slugs
    ]
