"""URLs, names and filters of sheets in the pages of each role."""

from collections.abc import Mapping

from django.urls import reverse

from explor.actors.projects.models import Project
from explor.ground.http.actor import Actor

from ..models import ProjectSheet


def url_of(actor: Actor, sheet: ProjectSheet) -> str:
    """Return the URL of the page of a sheet in the role of `actor`."""
    return reverse(f"sheets:{actor.role}_sheet", args=[actor.key, sheet.pk])


def url_of_project(actor: Actor, project: Project) -> str:
    """Return the URL of the page of a project for its network."""
    return reverse("projects:reseau_project", args=[actor.key, project.pk])


def url_of_writing(actor: Actor, project: Project) -> str:
    """Return the URL of the sheet of a project if the network owns it, else that of the project."""
    sheet = ProjectSheet.objects.owned_by(actor).filter(project=project).first()
    return url_of(actor, sheet) if sheet else url_of_project(actor, project)


def crumb_of(sheet: ProjectSheet) -> str:
    """Return the number and title of a sheet, for the breadcrumb of its pages."""
    return f"{sheet.file_number} · {sheet.title}"


def filters_of(query: Mapping[str, str]) -> dict[str, str]:
    """Return the filters `q` and `state` of a query string, "" when absent."""
    return {name: query.get(name, "").strip() for name in ("q", "state")}
