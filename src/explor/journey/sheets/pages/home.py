"""Tasks, panels and progress step of sheets on the other pages, and their exported columns."""

from operator import attrgetter, methodcaller
from typing import Any

from django.http import HttpRequest

from explor.actors.projects.models import Project
from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.ui.export import Columns
from explor.ground.ui.parts import Panel, ProgressStep, Task

from .. import rules, selectors
from ..states import State
from .links import crumb_of, url_of

# The columns of the exported list.
EXPORTED: Columns = {
    "Numéro": attrgetter("file_number"),
    "Fiche": attrgetter("title"),
    "Porteur": attrgetter("lead_organisation"),
    "État": methodcaller("get_state_display"),
    "Publiée": attrgetter("published_at"),
    "Confirmée": attrgetter("confirmed_on"),
}


def progress_steps(need: Any, seat: int | None = None) -> list[ProgressStep]:
    """Return the last progress bar step of a need: the sheet of its project. `seat` is unused."""
    sheet = selectors.sheet_of_project(need.project_id)
    if sheet is None or sheet.state != State.PUBLISHED:
        return [ProgressStep(label="Fiche publique", state="next", who="le réseau")]
    url = sheet.get_absolute_url()
    return [ProgressStep(label="Fiche publique", state="done", when=sheet.published_at, url=url)]


def panel_for_network(request: Request, project: Project) -> Panel:
    """Return the panel of a project page where its network writes or opens the sheet."""
    sheet = selectors.sheet_of_project(project)
    may_write = rules.may_write(request.actor, project, sheet)
    context = {"sheet": sheet, "project": project, "may_write": may_write}
    return Panel(title="Fiche publique", template="sheets/_panel_reseau.html", context=context)


def panel_for_association(request: HttpRequest, project: Project) -> Panel:
    """Return the panel of a project page that shows the status of its public sheet."""
    context = {"sheet": selectors.sheet_of_project(project), "project": project}
    return Panel(title="Fiche publique", template="sheets/_panel_association.html", context=context)


def panel_for_mission(request: Request, mission: Any) -> Panel:
    """Return the panel of a mission page that links to the sheet of the mission's project."""
    project = mission.need.project
    project.association = mission.association  # the same one, loaded with the mission
    return panel_for_network(request, project)


def tasks_of_association(actor: Actor) -> list[Task]:
    """Return a task for each sheet that an association has to validate or confirm."""
    return [
        Task(
            title=crumb_of(row),
            url=url_of(actor, row),
            why="Confirmez que la fiche publique est toujours juste."
            if row.state == State.PUBLISHED
            else "Relisez la fiche publique et validez-la.",
        )
        for row in selectors.waiting_for_association(actor.scope)
    ]


def tasks_of_network(actor: Actor) -> list[Task]:
    """Return a task for each sheet validated by its association, for the network to publish."""
    return [
        Task(
            title=crumb_of(row),
            url=url_of(actor, row),
            why="L’association a validé la fiche : publiez-la.",
        )
        for row in selectors.ready_to_publish(actor.scope)
    ]
