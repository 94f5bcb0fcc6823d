"""Permissions on emergency contacts, and the remark about a mission without contact."""

from explor.ground.http.actor import Actor
from explor.journey.missions.models import Mission

from .models import READABLE, EmergencyContact


def is_of_expert(actor: Actor, mission: Mission) -> bool:
    """Return whether `actor` is the expert of this mission."""
    return actor.role == "expert" and mission.expert_id == actor.scope


def can_give(actor: Actor, contact: EmergencyContact) -> bool:
    """Return whether `actor` is the expert of the mission, and `missing_to_give` is []."""
    return is_of_expert(actor, contact.mission) and not missing_to_give(contact.mission)


def can_withdraw(actor: Actor, contact: EmergencyContact) -> bool:
    """Return whether `actor` is the expert who gave this contact; no time limit applies."""
    return is_of_expert(actor, contact.mission) and contact.pk is not None


def can_read(actor: Actor, contact: EmergencyContact) -> bool:
    """Return whether `actor` is an officer of the network of a mission in preparation or under way.

    False once the mission is over, cancelled or done remotely.
    """
    mission = contact.mission
    own = actor.role == "reseau" and mission.network_id == actor.scope
    return own and mission.state in READABLE


def missing_to_give(mission: Mission) -> list[str]:
    """Return why no contact can be given (mission over, cancelled or remote); empty if one can."""
    return [] if mission.state in READABLE else ["La mission est finie : plus rien à préparer."]


def remarks_on(mission: Mission) -> list[str]:
    """Return a remark when a mission has no emergency contact; clearance is not blocked."""
    if EmergencyContact.objects.filter(mission=mission.pk).exists():
        return []
    return [
        "Personne à prévenir en cas d’urgence : l’experte ou l’expert n’a donné personne. "
        "Rien n’y oblige ; demandez-le-lui avant le départ."
    ]
