"""Permissions on budgets of missions, and the budget required before a departure."""

from explor.ground.http.actor import Actor
from explor.ground.ui import hooks
from explor.journey.missions.models import Mission

from .models import BudgetLine

hooks.define("budgets.archives", "callable(mission) -> str: why the archives hold its papers")


def can_keep(actor: Actor, mission: Mission) -> bool:
    """Return whether `actor` acts for the network of the mission, which manages its budget."""
    return actor.role == "reseau" and mission.network_id == actor.scope


def can_change(actor: Actor, line: BudgetLine) -> bool:
    """Return whether `actor` acts for the network of the mission of this budget line."""
    return can_keep(actor, line.mission)


def missing_to_clear(mission: Mission) -> list[str]:
    """Return why the budget prevents a departure (no amount is planned), empty when it does not."""
    planned = BudgetLine.objects.filter(mission=mission.pk, planned__gt=0).exists()
    return [] if planned else ["Le budget n’a aucune ligne prévue."]


def missing_to_drop(line: BudgetLine) -> list[str]:
    """Return why a budget line cannot be deleted (amount already paid), empty when it can."""
    return ["De l’argent a été payé sur ce poste : il reste dans les comptes."] if line.paid else []


def blockers_of_erasure(mission: Mission) -> list[str]:
    """Return why old papers must be kept (those of a public body are archives), else []."""
    if not mission.network.public_body:
        return []
    known = (why(mission) for why in hooks.get("budgets.archives"))
    return [next(filter(None, known), "le visa des archives est attendu")]
