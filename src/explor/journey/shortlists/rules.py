"""Permission to search experts for a need, and when choosing one requires a justification."""

from collections.abc import Sequence

from explor.ground.http.actor import Actor
from explor.journey.needs.models import Need


def can_search(actor: Actor, need: Need) -> bool:
    """Return True for the officers of the need's network, who may search experts for it."""
    return actor.role == "reseau" and need.network_id == actor.scope


def missing_to_search(need: Need, selected: bool) -> list[str]:
    """Return why experts cannot be searched (no favourable decision), empty when they can."""
    if need.state != "admissible" or not selected:
        return ["Ce besoin n’est pas retenu : l’annonce d’une décision favorable vient avant."]
    return []


def reasons_to_override(*, blockers: Sequence[str], first: bool, available: bool) -> list[str]:
    """Return, in French, what an officer must justify to propose an expert; empty if nothing.

    Args:
        blockers: the rules that the expert breaks, in French.
        first: whether the expert ranks first; not asked when a rule is broken.
        available: whether the expert declared to be free on the days of the mission.
    """
    against = list(blockers)
    if not against and not first:
        against.append("Cette personne n’est pas la première du classement.")
    if not available:
        against.append("Ces jours sortent des disponibilités déclarées.")
    return against
