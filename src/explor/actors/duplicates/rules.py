"""Permissions and conditions of the merge of two organisations."""

from explor.actors.organisations.models import Organisation
from explor.ground.http.actor import Actor


def can_merge(actor: Actor, kept: Organisation) -> bool:
    """Return whether `actor` may merge a record into `kept`: only the network of `kept`."""
    return actor.role == "reseau" and kept.network_id == actor.scope


def blockers_of_merge(kept: Organisation, other: Organisation) -> list[str]:
    """Return the reasons why the two records cannot be merged, in French; empty when they can."""
    blockers = []
    if kept.pk == other.pk:
        blockers.append("Choisissez deux fiches différentes.")
    if kept.kind != other.kind:
        blockers.append("Une association et un employeur ne se réunissent pas.")
    if kept.network_id != other.network_id:
        blockers.append("Les deux fiches sont dans deux réseaux : demandez d’abord un transfert.")
    return blockers


def have_different_siren(kept: Organisation, other: Organisation) -> bool:
    """Return whether both records have a SIREN, possibly taken from the SIRET, and these differ."""
    one, two = kept.legal_siren, other.legal_siren
    return bool(one and two and one != two)
