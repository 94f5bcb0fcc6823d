"""Calls as their pages show them."""

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.ui import hooks
from explor.ground.ui.parts import Task

from .models import Call
from .selectors import proposed_calls


def conditions_of(call: Call) -> list[str]:
    """Who may file on the call, in sentences given by the capabilities that check it."""
    return [said for say in hooks.get("calls:conditions") for said in say(call)]


def calendar_of(call: Call) -> list[tuple[date | datetime, str]]:
    """The dates of a call in their order: a moment for those that count to the minute."""
    lines: list[tuple[date | datetime, str]] = [(call.opens_at, "Ouverture du dépôt")]
    if call.closes_at:
        lines.append((call.closes_at, "Clôture du dépôt"))
    if call.committee_on:
        lines.append((call.committee_on, "Comité"))
    lines += [(each.on, each.label) for each in call.milestones.all()]
    return sorted(lines, key=lambda line: _day(line[0]))


def _day(when: date | datetime) -> date:
    return timezone.localdate(when) if isinstance(when, datetime) else when


def proposed_to(actor: Actor) -> list[Task]:
    """Shared calls that another network proposes."""
    return [
        Task(
            title=f"Ouvrir avec {call.lead.network} : {call.title}",  # type: ignore[union-attr]
            url=reverse("calls:reseau_call", args=[actor.key, call.pk]),
            why="Cet appel commun vous est proposé : ouvrez-le, ou déclinez.",
            until=call.closes_at.date() if call.closes_at else None,
        )
        for call in proposed_calls(actor)[:50]
    ]
