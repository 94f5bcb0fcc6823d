"""Permissions and conditions of the import and invitation of members."""

from explor.ground.http.actor import Actor

from . import engine
from .models import MemberImport

AT_ONCE = 200  # maximum number of invitations sent at once


def can_import(actor: Actor, batch: MemberImport | None) -> bool:
    """Return whether `actor` is a network, and `batch` is one of its files or None (a new one)."""
    if actor.role != "reseau":
        return False
    return batch is None or batch.network_id == actor.scope


def can_invite(actor: Actor, batch: MemberImport) -> bool:
    """Return whether `actor` may invite the people of the file."""
    return can_import(actor, batch)


def missing_to_read(batch: MemberImport) -> list[str]:
    """Return the required fields for which the file has no column, in French; empty if none."""
    chosen = set(batch.chosen.values())
    missing = [
        label.lower() for name, label in engine.required_of(batch.what) if name not in chosen
    ]
    return [f"Dites quelle colonne porte : {', '.join(missing)}."] if missing else []


def missing_to_invite(batch: MemberImport) -> list[str]:
    """Return why nobody can be invited, in French: all lines are invited or have no address.

    The list is empty when somebody can be invited.
    """
    if batch.lines.to_invite().exists():
        return []
    return ["Aucune ligne inscrite n’a d’adresse, ou chacune est déjà invitée."]
