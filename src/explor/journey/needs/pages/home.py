"""Tasks, progress steps and panels about needs, shown on other pages."""

from typing import Any, Literal

from django.urls import reverse
from django.utils import timezone

from explor.actors.projects.models import Project
from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.ui.days import date_format
from explor.ground.ui.parts import Panel, ProgressStep, Task
from explor.journey.calls.models import Call
from explor.journey.calls.selectors import receiving

from .. import selectors
from ..models import Need
from ..states import State


def tasks_of_network(actor: Actor) -> list[Task]:
    """Return a task for each need that awaits the network's verdict, the 50 oldest at most."""
    return [
        Task(
            title=f"Dire si « {need.title} » est recevable",
            url=reverse("needs:reseau_need", args=[actor.key, need.pk]),
            why=f"{need.file_number}, déposé par {need.association} le "
            f"{date_format(need.filed_at, 'd/m/Y')}.",
        )
        for need in selectors.filed(actor)[:50]
    ]


def tasks_of_association(actor: Actor) -> list[Task]:
    """Return a task for each returned need, then for each draft, 50 at most."""
    return [
        Task(
            title=f"Compléter « {need.title} »",
            url=reverse("needs:association_need", args=[actor.key, need.pk]),
            why="Votre réseau vous l’a renvoyé."
            if need.state == State.RETURNED
            else "Ce besoin est encore un brouillon.",
            until=timezone.localdate(need.call.closes_at) if need.call.closes_at else None,
            urgent=need.state == State.RETURNED,
        )
        for need in selectors.in_hand(actor)[:50]
    ]


def open_calls(request: Request) -> Panel | None:
    """Return the home panel of at most 5 calls open to the association; None if there is none."""
    rows = receiving().filter(network__organisations=request.actor.scope)[:5]
    calls = [(call, _until(call)) for call in rows]
    panel = Panel(title="Une idée ?", template="needs/_panel_home.html", context={"calls": calls})
    return panel if calls else None


def _until(call: Call) -> str:
    """Return until when a call is open, in words; « au fil de l’eau » without a closing date."""
    if call.closes_at is None:
        return "au fil de l’eau"
    closing = date_format(timezone.localtime(call.closes_at), "j F Y à H:i")
    return f"jusqu’au {closing}, heure de Paris"


def steps(need: Any, seat: int | None = None) -> list[ProgressStep]:
    """Return the first progress bar steps of a need: filed, then admissible; or only its end.

    `seat` is unused: these steps are the same for each seat.
    """
    name = need.association.name
    if need.state == State.WITHDRAWN:
        return [ProgressStep(label="Retiré", state="present", who=name, when=need.state_since)]
    if need.state == State.TAKEN_OVER:
        label, who = "Repris de l’existant", need.network.name
        return [ProgressStep(label=label, state="done", who=who, when=need.state_since)]
    before = need.state in (State.DRAFT, State.RETURNED)
    filed = ProgressStep(
        label="Besoin déposé",
        state="present" if before else "done",
        who=name,
        when=need.filed_at,
        note="à compléter" if need.state == State.RETURNED else "",
    )
    judged = need.state in (State.ADMISSIBLE, State.INADMISSIBLE)
    waiting: Literal["next", "present"] = "next" if before else "present"
    admissible = ProgressStep(
        label="Non recevable" if need.state == State.INADMISSIBLE else "Recevable",
        state="done" if judged else waiting,
        who=need.network.name,
        when=need.state_since if judged else None,
    )
    return [filed, admissible]


def panel_of_project(request: Request, project: Project) -> Panel:
    """Return the panel of the needs of a project."""
    needs = Need.objects.visible_to(request.actor).filter(project=project).order_by("-pk")
    return Panel(
        title="Besoins de ce projet",
        template="needs/_panel_project.html",
        context={"needs": needs, "project": project},
    )
