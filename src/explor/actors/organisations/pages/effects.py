"""Texts of the confirmation pages of organisations: headings, warnings, effects of each verb."""

from django.utils import timezone

from explor.actors.networks.selectors import addresses_of as addresses_of_network
from explor.ground.http.actor import Actor
from explor.ground.ui.days import date_format
from explor.ground.workflow.pages import Consequence, Effects, Notified, Undo

from .. import rules
from ..models import FieldPartner, Member, MembershipPaper, Organisation
from ..selectors import addresses_of


def title_of_remove_member(actor: Actor, member: Member) -> str:
    """Return the heading of the page that removes a member."""
    return f"Retirer {member.person.name}"


def done_of_remove_member(actor: Actor, member: Member) -> str:
    """Return the success message shown after a member is removed."""
    return f"{member.person} n’agit plus pour {member.organisation}."


def title_of_remove_paper(actor: Actor, paper: MembershipPaper) -> str:
    """Return the heading of the page that removes a verification paper."""
    return f"Retirer : {paper.get_kind_display()} du {date_format(paper.dated, 'j F Y')}"


def notes_of_register_again(actor: Actor, organisation: Organisation) -> list[str]:
    """Return the reason of the earlier refusal, shown before the organisation registers again."""
    return [f"Motif du refus : {organisation.refusal}"] if organisation.refusal else []


def blockers_of_remove_member(actor: Actor, member: Member) -> list[str]:
    """Return a French reason if the member is the last one of the organisation; else []."""
    return rules.blockers_of_remove_member(member.organisation.members.count())


def effects_of_register_again(actor: Actor, organisation: Organisation) -> Effects:
    """Return the effects of registering again: the network examines the registration."""
    officers = len(addresses_of_network(organisation.network))
    return Effects(
        happens=(Consequence("Votre inscription est de nouveau à vérifier."),),
        notified=(
            Notified(organisation.network.name, "que votre inscription est à vérifier", officers),
        ),
        undo=(Undo("À tout moment", "Vous pouvez encore corriger votre fiche et vos pièces."),),
    )


def effects_of_remove_member(actor: Actor, member: Member) -> Effects:
    """Return the effects of removing a member: the person no longer acts for the organisation."""
    return Effects(
        happens=(
            Consequence(f"Cette personne n’agira plus pour {member.organisation}."),
            Consequence("Les invitations qu’elle a envoyées, si elles attendent, ne servent plus."),
            Consequence("Si elle devait signer une convention, une autre personne sera à nommer."),
            Consequence("Ses actes passés restent au journal."),
        ),
        undo=(Undo("À tout moment", "Vous pouvez l’inviter de nouveau."),),
    )


def effects_of_remove_paper(actor: Actor, paper: MembershipPaper) -> Effects:
    """Return the effects of removing a verification paper: its file is erased for good."""
    return Effects(
        happens=(
            Consequence("Le fichier est effacé, et ne revient pas."),
            Consequence("Le journal garde qu’il a existé, et pourquoi il est retiré."),
        ),
        undo=(Undo("À tout moment", "Une autre pièce peut être ajoutée."),),
    )


def effects_of_verify(actor: Actor, organisation: Organisation) -> Effects:
    """Return the effects of a verification, which lasts until the next yearly check."""
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
    """Return the effects of renewing a verification, with the date until which it lasts."""
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
    """Return the effects of a refusal: the organisation gets the reason and may register again."""
    return Effects(
        happens=(Consequence("L’inscription n’est pas retenue."),),
        notified=(_members(organisation, "le motif, avec vos mots"),),
        undo=(
            Undo("À tout moment", "L’organisation peut demander une nouvelle vérification."),
            Undo("À tout moment", "Le réseau peut la vérifier."),
        ),
    )


def effects_of_suspend(actor: Actor, organisation: Organisation) -> Effects:
    """Return the effects of a suspension: no new needs, and the reason stays in the journal."""
    return Effects(
        happens=(
            Consequence("L’organisation garde ses dossiers et n’en ouvre pas de nouveau."),
            Consequence("Le motif reste au journal."),
        ),
        notified=(_members(organisation, "que votre réseau a mis l’inscription en veille"),),
        undo=(Undo("À tout moment", "Le réseau peut la vérifier de nouveau."),),
    )


def effects_of_revoke_links(actor: Actor, partner: FieldPartner) -> Effects:
    """Return the effects of revoking links: those sent to the partner stop working for good."""
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
    """Return the members of an organisation as recipients of a message; `reads` is its content."""
    return Notified("Les membres de l’organisation", reads, len(addresses_of(organisation)))
