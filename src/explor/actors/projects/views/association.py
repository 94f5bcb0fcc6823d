"""The association describes its projects."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.actors.organisations.models import Organisation
from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.parts import panels_of
from explor.ground.ui.submit import create, submit

from .. import actions, queries, rules
from ..forms import ProjectEdit, ProjectNew
from ..models import Project


@role_required("association")
def projects(request: Request) -> HttpResponse:
    asked = {"q": request.GET.get("q", "").strip()}
    found = queries.search(request.actor, **asked)
    rows = Paginator(found, 20).get_page(request.GET.get("page"))
    context = {"rows": rows, "asked": asked, "columns": ["Projet", "Début", "Besoins"]}
    return render_page(request, "projects/association_projects.html", context)


@role_required("association")
def project(request: Request, pk: int) -> HttpResponse:
    """One project as its sheet will show it, blanks included, and what hangs from it."""
    found = _found(request, pk)
    context = {
        "project": found,
        "facts": queries.facts_of(found),
        "blanks": rules.blanks(found),
        "panels": panels_of(request, "project", found),
    }
    return render_page(request, "projects/association_project.html", context)


@role_required("association")
def new(request: Request) -> HttpResponse:
    own = get_object_or_404(Organisation, pk=request.actor.scope)
    form = ProjectNew(request.POST or None)

    def act() -> str:
        fields = {
            name: value for name, value in form.cleaned_data.items() if name != "idempotency_key"
        }
        made = actions.describe_new(own, by=request.actor, **fields)
        return reverse("projects:association_project", args=[request.actor.key, made.pk])

    if url := create(request, form, act):
        return done_redirect(request, url, "Votre projet est enregistré.")
    return render_page(request, "projects/association_form.html", {"form": form})


@role_required("association")
def edit(request: Request, pk: int) -> HttpResponse:
    found = _found(request, pk)
    require(rules.can_describe(request.actor, found))
    form = ProjectEdit(request.POST or None, subject=found)
    if submit(
        request,
        form,
        lambda: actions.describe(
            found, by=request.actor, changes=form.values, expected_version=form.expected_version
        ),
    ):
        url = reverse("projects:association_project", args=[request.actor.key, pk])
        return done_redirect(request, url, "C’est enregistré.")
    return render_page(request, "projects/association_form.html", {"form": form, "project": found})


def _found(request: Request, pk: int) -> Project:
    visible = Project.objects.visible_to(request.actor).select_related("association__network")
    return get_object_or_404(visible, pk=pk)
