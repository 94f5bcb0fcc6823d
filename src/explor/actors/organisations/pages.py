"""Effects that the confirmation pages of membership announce."""

from django.urls import reverse
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.workflow.pages import Consequence, Effects, Notified, Undo

from . import rules
from .models import FieldPartner, Organisation
from .queries import addresses_of


def url_of(actor: Actor, organisation: Organisation) -> str:
    """Return the page of an organisation under the role of `actor`."""
    if actor.role == "reseau":
        return reverse("organisations:reseau_organisation", args=[actor.key, organisation.pk])
    return reverse(f"organisations:{organisation.kind}_profile", args=[organisation.slug])


def url_of_partner(actor: Actor, partner: FieldPartner) -> str:
    """Return the page that shows a partner: its own, or for a network that of its association."""
    if actor.role == "reseau":
        return url_of(actor, partner.association)
    return reverse("organisations:association_partner", args=[actor.key, partner.pk])


def effects_of_verify(actor: Actor, organisation: Organisation) -> Effects:
    """Say that the organisation is taken in until the next check."""
    until = rules.next_check(organisation, timezone.localdate())
    return Effects(
        happens=(
            Consequence("L’organisation est vérifiée."),
            Consequence("La prochaine vérification est à faire.", until),
        ),
        notified=(_members(organisation, "que votre réseau a vérifié l’inscription"),),
        undo=(Undo("À tout moment", "Le réseau peut mettre l’organisation en veille."),),
    )


def effects_of_verify_again(actor: Actor, organisation: Organisation) -> Effects:
    """Say until when the organisation is verified."""
    until = rules.next_check(organisation, timezone.localdate())
    return Effects(
        happens=(
            Consequence("L’organisation est vérifiée pour une nouvelle période."),
            Consequence("La prochaine vérification est à faire.", until),
        ),
        notified=(_members(organisation, "la date de la prochaine vérification"),),
        undo=(Undo("À tout moment", "Le réseau peut mettre l’organisation en veille."),),
    )


def effects_of_refuse(actor: Actor, organisation: Organisation) -> Effects:
    """Say that the organisation reads the reason and may ask again."""
    return Effects(
        happens=(Consequence("L’inscription n’est pas retenue."),),
        notified=(_members(organisation, "le motif, avec vos mots"),),
        undo=(
            Undo("À tout moment", "L’organisation peut demander une nouvelle vérification."),
            Undo("À tout moment", "Le réseau peut la vérifier."),
        ),
    )


def effects_of_suspend(actor: Actor, organisation: Organisation) -> Effects:
    """Say that the organisation opens no new file; the reason stays in the journal."""
    return Effects(
        happens=(
            Consequence("L’organisation garde ses dossiers et n’en ouvre pas de nouveau."),
            Consequence("Le motif reste au journal."),
        ),
        notified=(_members(organisation, "que votre réseau a mis l’inscription en veille"),),
        undo=(Undo("À tout moment", "Le réseau peut la vérifier de nouveau."),),
    )


def effects_of_revoke_links(actor: Actor, partner: FieldPartner) -> Effects:
    """Say that the links sent to a partner stop working, for good."""
    return Effects(
        happens=(
            Consequence(
                f"Les liens personnels envoyés à {partner.email or 'ce partenaire'} ne "
                "s’ouvriront plus, et ne se rouvrent pas."
            ),
        ),
        notified=(_members(partner.association, "le motif, et comment envoyer un nouveau lien"),),
        undo=(
            Undo("À tout moment", "L’association peut envoyer de nouveaux liens de ses dossiers."),
        ),
    )


def _members(organisation: Organisation, reads: str) -> Notified:
    """Those who act for the organisation, who all receive the message."""
    return Notified("Les membres de l’organisation", reads, len(addresses_of(organisation)))
