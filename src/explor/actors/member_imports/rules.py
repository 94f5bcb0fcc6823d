"""Who may import members and invite them, and what prevents it."""

from datetime import timedelta

from explor.ground.http.actor import Actor

from . import engine
from .models import MemberImport

# A person whose data came from another is informed within a month (RGPD, art. 14.3 a).
NOT_INVITED = timedelta(days=30)
AT_ONCE = 200  # invitations sent by one act
UNANSWERED = timedelta(days=90)  # an invitation that nobody accepted


def can_import(actor: Actor, batch: MemberImport | None) -> bool:
    """Return whether `actor` is a network, and that of the file when there is one."""
    if actor.role != "reseau":
        return False
    return batch is None or batch.network_id == actor.scope


def can_invite(actor: Actor, batch: MemberImport) -> bool:
    """Return whether `actor` may write to the people of the file."""
    return can_import(actor, batch)


def missing_to_read(batch: MemberImport) -> list[str]:
    """Return the columns without which a line says nothing."""
    chosen = set(batch.chosen.values())
    missing = [
        label.lower() for name, label in engine.required_of(batch.what) if name not in chosen
    ]
    return [f"Dites quelle colonne porte : {', '.join(missing)}."] if missing else []


def missing_to_invite(batch: MemberImport) -> list[str]:
    """Return why nobody is invited, when no line made has an address left to write to."""
    if batch.lines.to_invite().exists():
        return []
    return ["Aucune ligne inscrite n’a d’adresse, ou chacune est déjà invitée."]
