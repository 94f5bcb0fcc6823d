"""Admissibility as the pages of others show it: tasks and panels."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.ui.parts import Panel, Task
from explor.journey.calls.models import Call
from explor.journey.needs.models import Need
from explor.journey.needs.states import BEFORE, State

from . import rules, selectors
from .models import Supplement

# What the page of admissibility is for, by state of the need.
PURPOSE: dict[str, str] = {
    State.FILED: "Examiner la recevabilité",
    State.RETURNED: "Suivre les compléments",
}


def waiting_for_association(actor: Actor) -> list[Task]:
    """Supplements to give before their deadline."""
    return [
        Task(
            title=f"Donner les compléments de « {each.need.title} »",
            url=reverse("admissibility:association_answer", args=[actor.key, each.need_id]),
            why=f"{each.need.network} les demande, une seule fois.",
            until=timezone.localdate(each.answer_by),
            urgent=True,
        )
        for each in selectors.awaited(actor)[:50]
    ]


def overdue_tasks(actor: Actor, late: Sequence[Supplement]) -> list[Task]:
    """What an officer may do of each supplement that is overdue."""
    return [
        Task(
            title=f"Prolonger, ou refuser « {each.need.title} »",
            url=reverse("admissibility:reseau_need", args=[actor.key, each.need_id]),
            why=f"{each.need.association} n’a pas donné ses compléments à temps.",
            until=timezone.localdate(each.answer_by),
        )
        for each in late
    ]


def for_association(request: Request, need: Need) -> Panel:
    """What the network reads, asks and takes as time, on the association's page of a need."""
    before, clock = need.state in BEFORE, selectors.clock_of(need.network_id)
    context = {
        "need": need,
        "asked": selectors.supplement_of(need) if need.state == State.RETURNED else None,
        "readings": selectors.results_of([need])[need.pk] if before else [],
        "papers": selectors.papers_of(need),
        "waits": need.state == State.FILED,
        "clock": rules.clock_sentence(clock),
        "likely": _likely(need, clock),
    }
    template = "admissibility/_panel_association.html"
    return Panel(title="Recevabilité", template=template, context=context)


def _likely(need: Need, clock: rules.Clock) -> datetime | None:
    if need.state != State.FILED or need.filed_at is None or clock.ninetieth is None:
        return None
    return need.filed_at + timedelta(days=clock.ninetieth)


def for_network(request: Request, need: Need) -> Panel:
    """The rules of the call on a need, and the way to the page of admissibility."""
    context = {
        "need": need,
        "readings": selectors.filings_of([need])[need.pk].evaluate(need),
        "purpose": PURPOSE.get(need.state, "Revoir la lecture"),
    }
    return Panel(title="Recevabilité", template="admissibility/_panel_reseau.html", context=context)


def for_call(request: Request, call: Call) -> Panel:
    """The way from a call to its needs."""
    context = {"call": call, "late": call.state in ("open", "closed")}
    template = "admissibility/_panel_call.html"
    return Panel(title="Recevabilité des besoins", template=template, context=context)
