"""Who may merge two organisations, and what prevents it."""

from explor.actors.organisations.models import Organisation
from explor.ground.http.actor import Actor


def can_merge(actor: Actor, kept: Organisation) -> bool:
    """Return whether `actor` is the network of the record kept; `other` must share that network."""
    return actor.role == "reseau" and kept.network_id == actor.scope


def blockers_of_merge(kept: Organisation, other: Organisation) -> list[str]:
    """Return what prevents merging the two records, in words for the officer."""
    blockers = []
    if kept.pk == other.pk:
        blockers.append("Choisissez deux fiches différentes.")
    if kept.kind != other.kind:
        blockers.append("Une association et un employeur ne se réunissent pas.")
    if kept.network_id != other.network_id:
        blockers.append("Les deux fiches sont dans deux réseaux : demandez d’abord un transfert.")
    return blockers


def have_different_siren(kept: Organisation, other: Organisation) -> bool:
    """Return whether both records have a SIREN and the two differ."""
    one, two = (each.siren or each.siret[:9] for each in (kept, other))
    return bool(one and two and one != two)
