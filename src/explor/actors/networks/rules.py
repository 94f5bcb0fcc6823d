"""Rules of a network: who may change it, and what its settings must respect."""

from collections.abc import Iterable, Mapping
from typing import Any

from explor.ground.http.actor import Actor
from explor.ground.reference.selectors import label

from .models import Network, Officer


def can_set(actor: Actor, officer: Officer | None) -> bool:
    """Return whether `actor` directs: changes settings, invites, records absences of others.

    Args:
        officer: the row of `actor` among the officers of the network.
    """
    return (
        actor.role == "reseau"
        and officer is not None
        and officer.position == Officer.Position.DIRECTION
    )


def can_create_network(actor: Actor) -> bool:
    """Return whether `actor` opens networks, changes their territory and withdraws roles."""
    return actor.role == "administration"


def blockers_of_fields(fields: Mapping[str, Any], others: Iterable[Network]) -> list[str]:
    """Return what another network already has among the new `fields` of a network."""
    reasons = []
    for other in others:
        if fields.get("slug") == other.slug:
            reasons.append(f"L’identifiant « {other.slug} » est celui de {other.name}.")
        for code in sorted({*fields.get("departments", ())} & {*other.departments}):
            reasons.append(f"{label('departments', code)} est déjà servi par {other.name}.")
    return reasons


def blockers_of_withdrawal(officer: Officer, officers: Iterable[Officer]) -> list[str]:
    """Return what prevents a person from leaving: a network keeps one direction able to sign in.

    Args:
        officers: all those of the network.
    """
    others = [
        each
        for each in officers
        if each.pk != officer.pk
        and each.position == Officer.Position.DIRECTION
        and each.person.is_active
    ]
    if officer.position != Officer.Position.DIRECTION or others:
        return []
    return [f"{officer.network.name} n’aurait plus de direction : invitez d’abord quelqu’un."]
