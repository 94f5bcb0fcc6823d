"""What an officer may do to their own network."""

from explor.ground.http.actor import Actor

from .models import Officer


def can_set(actor: Actor, officer: Officer | None) -> bool:
    """Only the direction changes the settings, invites, and records absences of others."""
    return (
        actor.role == "reseau"
        and officer is not None
        and officer.position == Officer.Position.DIRECTION
    )
