"""Home page tasks on missions: checklist, clearance, departure, return, closing, cancellation."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONObject
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.ui.parts import Task
from explor.journey.releases.states import State as Release

from ..models import ChecklistItem, Mission
from ..states import BEFORE, TO_CLOSE, State, properties_of, states_where
from .missions import name_of, url_of

# Outcomes without a report: the mission can be closed at once.
CLOSED_AT_ONCE = tuple(
    state for state in states_where(is_outcome=True, needs_report=False) if state in TO_CLOSE
)
ACTIVE = (*BEFORE, State.AWAY, *CLOSED_AT_ONCE)


def waiting_for(actor: Actor) -> list[Task]:
    """Return the tasks of `actor` on the preparation, departure, return and closing of missions.

    They are about the 50 first missions to leave at most, and 50 steps of their checklists at most.
    """
    undone = ChecklistItem.objects.filter(mission=OuterRef("pk"), done_at=None)
    own = undone.filter(party=actor.role, mission__state__in=BEFORE).order_by("due", "pk")
    facts = JSONObject(label="label", due="due", at_risk_from="at_risk_from")
    missions: Any = (
        Mission.objects.visible_to(actor)
        .filter(state__in=ACTIVE)
        .annotate(
            pending=Exists(undone.filter(blocking=True)),
            own_items=ArraySubquery(own.values_list(facts)),  # without another query
        )
        .select_related("release", "need")
        .only("state", "start", "end", "created_at", "release__state", "need__title")
        .order_by("start", "pk")[:50]
    )
    moves = [task for mission in missions for task in _moves(actor, mission)]
    items = [task for mission in missions for task in _items(actor, mission)]
    return moves + sorted(items, key=lambda task: task.until or date.max)[:50]


def _items(actor: Actor, mission: Any) -> Iterator[Task]:
    """Yield a task for each item of the checklist that the party of `actor` has to do."""
    today = timezone.localdate()
    for item in mission.own_items:
        due, at_risk_from = (
            item[name] and date.fromisoformat(item[name]) for name in ("due", "at_risk_from")
        )
        yield Task(
            title=item["label"],
            url=url_of(actor, mission),
            why=name_of(mission),
            until=due,
            urgent=bool(at_risk_from and at_risk_from <= today),
        )


def _moves(actor: Actor, mission: Any) -> list[Task]:
    """Return a list of at most one task: the next action that `actor` has to take on a mission."""
    today = timezone.localdate()
    state, begun, over = mission.state, mission.start <= today, mission.end <= today
    both = actor.role in ("reseau", "expert")
    own = actor.role == "reseau"
    ended = mission.release.state == Release.ENDED
    title = ""
    if own and state in BEFORE and ended:
        title = "Annuler la mission : l’expertise est perdue"
    elif own and state == State.PREPARING and not mission.pending:
        title = "Donner le feu vert"
    elif both and state == State.CLEARED and begun:
        title = "Confirmer le départ"
    elif both and state == State.AWAY and over:
        title = "Confirmer le retour"
    elif own and state in CLOSED_AT_ONCE:
        title = f"Clore la mission {mission.get_state_display()}"
    if not title:
        return []
    url, urgent = url_of(actor, mission), not properties_of(state).is_outcome
    return [Task(title=title, url=url, why=name_of(mission), urgent=urgent)]
