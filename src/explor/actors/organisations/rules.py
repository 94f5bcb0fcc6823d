"""Who may change an organisation, and what verification looks at."""

from explor.ground.common.actor import Actor

from .models import Kind, Organisation


def can_edit(actor: Actor, organisation: Organisation) -> bool:
    """Its own members, and its network for those who asked by phone."""
    if actor.hat == "reseau":
        return organisation.network_id == actor.scope
    return actor.hat == organisation.kind and organisation.pk == actor.scope


def can(actor: Actor, verb: str, organisation: Organisation) -> bool:
    """May `actor` take `verb` on the membership of this organisation?"""
    return can_edit(actor, organisation) and organisation.workflow.allows(
        organisation.state, verb, actor.hat
    )


def missing_to_verify(organisation: Organisation) -> list[str]:
    """What the network cannot verify without."""
    missing = []
    if not (organisation.siret or organisation.siren or organisation.rna):
        missing.append("Il manque un identifiant : SIRET, SIREN ou numéro RNA.")
    if organisation.kind == Kind.ASSOCIATION:
        if not organisation.cer_signed_on:
            missing.append("Il manque la date de signature du contrat d’engagement républicain.")
        if organisation.general_interest is not True:
            missing.append("L’intérêt général n’est pas déclaré.")
    return missing
