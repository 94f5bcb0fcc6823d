"""The association describes its projects."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.actors.organisations.models import Organisation
from explor.ground.common.access import require
from explor.ground.common.hats import wear
from explor.ground.common.parts import panels_of
from explor.ground.common.request import Request
from explor.ground.common.views import answer, create, page, submit

from .. import actions, queries, rules
from ..forms import ProjectEdit, ProjectNew
from ..models import Project


@wear("association")
def projects(request: Request) -> HttpResponse:
    asked = {"q": request.GET.get("q", "").strip()}
    found = queries.search(request.actor, **asked)
    rows = Paginator(found, 20).get_page(request.GET.get("page"))
    context = {"rows": rows, "asked": asked, "columns": ["Projet", "Début", "Besoins"]}
    return page(request, "projects/association_projects.html", context)


@wear("association")
def project(request: Request, pk: int) -> HttpResponse:
    """One project as its sheet will show it, blanks included, and what hangs from it."""
    found = _found(request, pk)
    context = {
        "project": found,
        "facts": queries.facts_of(found),
        "blanks": rules.blanks(found),
        "panels": panels_of(request, "project", found),
    }
    return page(request, "projects/association_project.html", context)


@wear("association")
def new(request: Request) -> HttpResponse:
    own = get_object_or_404(Organisation, pk=request.actor.scope)
    form = ProjectNew(request.POST or None)

    def act() -> str:
        fields = {name: value for name, value in form.cleaned_data.items() if name != "once"}
        made = actions.describe_new(own, by=request.actor, **fields)
        return reverse("projects:association_project", args=[request.actor.key, made.pk])

    if url := create(request, form, act):
        return answer(request, url, "Votre projet est enregistré.")
    return page(request, "projects/association_form.html", {"form": form})


@wear("association")
def edit(request: Request, pk: int) -> HttpResponse:
    found = _found(request, pk)
    require(rules.can_describe(request.actor, found))
    form = ProjectEdit(request.POST or None, subject=found)
    if submit(
        request,
        form,
        lambda: actions.describe(found, by=request.actor, changes=form.values, seen=form.seen),
    ):
        url = reverse("projects:association_project", args=[request.actor.key, pk])
        return answer(request, url, "C’est enregistré.")
    return page(request, "projects/association_form.html", {"form": form, "project": found})


def _found(request: Request, pk: int) -> Project:
    visible = Project.objects.visible_to(request.actor).select_related("association__network")
    return get_object_or_404(visible, pk=pk)
