"""Permissions on a network, and constraints on its settings and roles."""

from collections.abc import Iterable, Mapping
from typing import Any

from explor.ground.http.actor import Actor
from explor.ground.reference.selectors import label
from explor.ground.ui.elision import of

from .models import Network, Officer


def can_set(actor: Actor, officer: Officer | None) -> bool:
    """Return whether `actor` may edit settings and invite officers: directors only.

    Args:
        officer: the `Officer` row of `actor` in their network, None if there is none.
    """
    return (
        actor.role == "reseau"
        and officer is not None
        and officer.position == Officer.Position.DIRECTION
    )


def can_create_network(actor: Actor) -> bool:
    """Return whether `actor` may create networks, edit their territory and withdraw roles.

    Only administrators may.
    """
    return actor.role == "administration"


def blockers_of_fields(fields: Mapping[str, Any], others: Iterable[Network]) -> list[str]:
    """Return French reasons if one of `others` has the slug or a département of `fields`."""
    reasons = []
    for other in others:
        if fields.get("slug") == other.slug:
            reasons.append(f"L’identifiant « {other.slug} » est celui {of(other.name)}.")
        for code in sorted({*fields.get("departments", ())} & {*other.departments}):
            reasons.append(f"{label('departments', code)} est déjà servi par {other.name}.")
    return reasons


def blockers_of_withdrawal(officer: Officer, officers: Iterable[Officer]) -> list[str]:
    """Return, in French, why the role of `officer` cannot be withdrawn; [] when it can.

    The role of the last active director of a network cannot be withdrawn.

    Args:
        officer: the officer whose role would be withdrawn.
        officers: all the officers of the network.
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
