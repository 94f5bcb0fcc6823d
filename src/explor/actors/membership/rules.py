"""What speaks against reading a file, or making members of it."""

from datetime import timedelta

from explor.actors.organisations.models import Organisation
from explor.ground.common.actor import Actor

from . import engine
from .models import MemberImport, Transfer

# A person whose data did not come from them is told within a month (RGPD, art. 14.3 a).
UNTOLD = timedelta(days=30)
UNANSWERED = timedelta(days=90)  # an invitation nobody took up


def missing_to_read(batch: MemberImport) -> list[str]:
    """The columns without which a line says nothing."""
    taken = set(batch.chosen.values())
    missing = [told.lower() for name, told in engine.required_of(batch.what) if name not in taken]
    return [f"Dites quelle colonne porte : {', '.join(missing)}."] if missing else []


def missing_to_enrol(batch: MemberImport) -> list[str]:
    """There is somebody to enrol."""
    if batch.lines.to_make().exists():
        return []
    return ["Aucune ligne n’est à inscrire : toutes sont des doubles ou des lignes en faute."]


def party_of(transfer: Transfer, actor: Actor) -> str:
    """For whom `actor` speaks in a transfer: own, giver, receiver, or nobody."""
    if actor.hat == "reseau":
        return {transfer.giver_id: "giver", transfer.receiver_id: "receiver"}.get(
            actor.scope or 0, ""
        )
    own = transfer.organisation_id == actor.scope
    return "own" if own and actor.hat == transfer.organisation.kind else ""


def can(actor: Actor, verb: str, transfer: Transfer) -> bool:
    """May `actor` take `verb` now? Only who asked calls off; a consent is given once."""
    party = party_of(transfer, actor)
    if not party or not transfer.workflow.allows(transfer.state, verb, actor.hat):
        return False
    if verb == "call_off":
        return party == transfer.asked_by
    return getattr(transfer, f"{party}_at") is None


def is_agreed(transfer: Transfer) -> bool:
    """Have the three said yes?"""
    return None not in (transfer.own_at, transfer.giver_at, transfer.receiver_at)


def cannot_merge(kept: Organisation, other: Organisation) -> list[str]:
    """What keeps two records from being one."""
    told = []
    if kept.pk == other.pk:
        told.append("Choisissez deux fiches différentes.")
    if kept.kind != other.kind:
        told.append("Une association et un employeur ne se réunissent pas.")
    if kept.network_id != other.network_id:
        told.append("Les deux fiches sont dans deux réseaux : demandez d’abord un transfert.")
    return told


def are_apart(kept: Organisation, other: Organisation) -> bool:
    """Do their SIREN say that they are two structures?"""
    one, two = (each.siren or each.siret[:9] for each in (kept, other))
    return bool(one and two and one != two)
