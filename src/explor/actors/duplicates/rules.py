"""Permissions and conditions of the merge of two organisations."""

from datetime import date

from explor.actors.organisations.models import Organisation
from explor.actors.organisations.states import STANDING, State
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


def is_verified_by_merge(kept: Organisation, other: Organisation) -> bool:
    """Return whether `kept` takes the verification of `other`, whose yearly check is the later one.

    A record that the network refused or suspended stays so, and the verification of another SIREN
    is not taken.
    """
    if have_different_siren(kept, other) or other.state not in STANDING:
        return False
    if kept.state not in STANDING:
        return kept.state == State.REGISTERED
    return (kept.verified_until or date.min) < (other.verified_until or date.min)
