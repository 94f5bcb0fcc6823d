"""Who keeps the accounts of a mission, and what a departure asks of them."""

from explor.ground.http.actor import Actor
from explor.journey.missions.models import Mission

from .models import BudgetLine


def can_keep(actor: Actor, mission: Mission) -> bool:
    """The network of the mission."""
    return actor.role == "reseau" and mission.network_id == actor.scope


def can_change(actor: Actor, line: BudgetLine) -> bool:
    """The network of the mission that the line belongs to."""
    return can_keep(actor, line.mission)


def missing_to_clear(mission: Mission) -> list[str]:
    """A mission leaves on a planned budget."""
    planned = BudgetLine.objects.filter(mission=mission.pk, planned__gt=0).exists()
    return [] if planned else ["Le budget n’a aucune ligne prévue."]


def missing_to_drop(line: BudgetLine) -> list[str]:
    """A heading on which money was paid stays in the accounts."""
    return ["De l’argent a été payé sur ce poste : il reste dans les comptes."] if line.paid else []
