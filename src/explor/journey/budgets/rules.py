"""Who keeps the accounts of a mission, and what a departure requires of them."""

from explor.ground.http.actor import Actor
from explor.journey.missions.models import Mission

from .models import BudgetLine


def can_keep(actor: Actor, mission: Mission) -> bool:
    """Let the network of the mission keep its accounts."""
    return actor.role == "reseau" and mission.network_id == actor.scope


def can_change(actor: Actor, line: BudgetLine) -> bool:
    """Let the network of the mission change a line of its budget."""
    return can_keep(actor, line.mission)


def missing_to_clear(mission: Mission) -> list[str]:
    """Return why a mission cannot leave: nothing is planned in its budget."""
    planned = BudgetLine.objects.filter(mission=mission.pk, planned__gt=0).exists()
    return [] if planned else ["Le budget n’a aucune ligne prévue."]


def missing_to_drop(line: BudgetLine) -> list[str]:
    """Return why a heading stays in the accounts: money was paid on it."""
    return ["De l’argent a été payé sur ce poste : il reste dans les comptes."] if line.paid else []
