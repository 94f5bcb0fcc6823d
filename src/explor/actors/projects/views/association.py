"""Pages on which an association lists, reads, creates and edits its projects."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from explor.actors.organisations.models import Organisation
from explor.ground.audit.views import file_of_list
from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.typed import fills
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.parts import panels_of
from explor.ground.ui.submit import create, submit

from .. import actions, pages, rules, selectors
from ..forms import ProjectEdit, ProjectNew
from ..models import Project


@role_required("association")
def projects(request: Request) -> HttpResponse:
    """List the projects of the association, filtered, as a page or a downloaded file."""
    filters = {"q": request.GET.get("q", "").strip()}
    results = selectors.search(request.actor, **filters)
    if file := file_of_list(request, "projects", pages.EXPORTED, results):
        return file
    rows = Paginator(results, 20).get_page(request.GET.get("page"))
    context = {"rows": rows, "filters": filters, "columns": ["Projet", "Début", "Besoins"]}
    return render_page(request, "projects/association_projects.html", context)


@role_required("association")
def project(request: Request, pk: int) -> HttpResponse:
    """Show the fields of a project, blanks included, and the panels that other capabilities add."""
    instance = load(request, pk)
    context = {
        "project": instance,
        "facts": pages.facts_of(instance),
        "blanks": rules.blanks(instance),
        "panels": panels_of(request, "project", instance),
    }
    return render_page(request, "projects/association_project.html", context)


@fills(ProjectNew)
@role_required("association")
def new(request: Request) -> HttpResponse:
    """Create a project of the association."""
    own = get_object_or_404(Organisation, pk=request.actor.scope)
    require(rules.can_describe_new(request.actor, own))
    form = ProjectNew(request.POST or None)

    def run() -> str:
        return pages.url_of(
            request.actor, actions.describe_new(own, by=request.actor, **form.values)
        )

    if url := create(request, form, run):
        return done_redirect(request, url, "Votre projet est enregistré.")
    return render_page(request, "projects/association_form.html", {"form": form})


@fills(ProjectEdit)
@role_required("association")
def edit(request: Request, pk: int) -> HttpResponse:
    """Edit a project of the association."""
    instance = load(request, pk)
    require(rules.can_describe(request.actor, instance))
    form = ProjectEdit(request.POST or None, subject=instance)
    if submit(
        request,
        form,
        lambda: actions.describe(
            instance, by=request.actor, changes=form.values, expected_version=form.expected_version
        ),
    ):
        return done_redirect(request, pages.url_of(request.actor, instance), "C’est enregistré.")
    return render_page(
        request, "projects/association_form.html", {"form": form, "project": instance}
    )


def load(request: Request, pk: int) -> Project:
    """Return a project that the current role may see, else 404."""
    visible = Project.objects.visible_to(request.actor).select_related("association__network")
    return get_object_or_404(visible, pk=pk)
