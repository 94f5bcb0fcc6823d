"""Messages about organisations: registration, verification, partners' links, erased members."""

from datetime import date

from django.urls import reverse

from explor.actors.networks.selectors import addresses_of as addresses_of_network
from explor.ground.http.actor import Actor
from explor.ground.mail.actions import notify
from explor.ground.ui.days import date_format
from explor.ground.ui.elision import of

from .models import FieldPartner, Organisation
from .selectors import addresses_of


def text_of(day: date | None) -> str:
    """Return a date in French, such as « 3 mars 2027 »; « une date à fixer » for None."""
    return date_format(day, "j F Y") if day else "une date à fixer"


def registered(organisation: Organisation) -> None:
    """Notify the network that an organisation registered and must be verified."""
    for address in addresses_of_network(organisation.network):
        notify(
            to=address,
            kind="organisations.register",
            subject=f"À vérifier : {organisation.name}",
            body=f"{organisation.name} ({organisation.city}) s’est inscrite dans Explor.",
            about=organisation,
            url=reverse(
                "organisations:reseau_organisation",
                args=[organisation.network.slug, organisation.pk],
            ),
        )


def verified(organisation: Organisation) -> None:
    """Notify the members that their organisation is verified."""
    _to_members(
        organisation,
        "organisations.verify",
        f"{organisation.name} est vérifiée",
        f"{organisation.network} a vérifié votre inscription. Vous pouvez continuer.",
    )


def verified_again(organisation: Organisation) -> None:
    """Notify the members that their organisation is verified for another year."""
    _to_members(
        organisation,
        "organisations.verify_again",
        f"{organisation.name} est vérifiée pour un an de plus",
        f"{organisation.network} a relu vos pièces. Prochaine vérification : "
        f"{text_of(organisation.verified_until)}.",
    )


def due_soon(organisation: Organisation) -> None:
    """Remind the members and the network of the yearly check a month before its date."""
    until = text_of(organisation.verified_until)
    _to_both(
        organisation,
        "organisations.due_soon",
        f"Vérification de l’année : {organisation.name}, avant le {until}",
        f"La vérification de votre organisation vaut jusqu’au {until}. Relisez votre fiche et "
        "ajoutez les pièces qui ont changé ; votre réseau les relira.",
        f"La vérification {of(organisation.name)} vaut jusqu’au {until}. Relisez ses pièces, ou "
        "demandez-lui celles qui manquent.",
    )


def fallen_due(organisation: Organisation) -> None:
    """Notify the members and the network that the yearly check is overdue."""
    _to_both(
        organisation,
        "organisations.fall_due",
        f"À vérifier de nouveau : {organisation.name}",
        "La vérification de votre organisation date de plus d’un an, ou l’une de vos pièces n’est "
        "plus valable. Vos dossiers continuent. Mettez vos pièces à jour : votre réseau les relira "
        "avant de déclarer un nouveau besoin recevable.",
        f"La vérification {of(organisation.name)} n’est plus à jour. Ses dossiers continuent. "
        "Relisez ses pièces, puis vérifiez-la pour un an de plus.",
    )


def renamed(organisation: Organisation, former: str) -> None:
    """Notify the members and the network that the name or an identifier must be verified again."""
    _to_both(
        organisation,
        "organisations.fall_due",
        f"À vérifier de nouveau : {organisation.name}",
        "Le nom ou un identifiant de votre organisation a changé : votre réseau la vérifie de "
        "nouveau. Vos dossiers continuent. Si ce changement ne vient pas de vous, écrivez-lui.",
        f"{former} a changé de nom ou d’identifiant après votre vérification, et s’appelle "
        f"maintenant {organisation.name}. Ses dossiers continuent. Relisez sa fiche et ses pièces, "
        "puis vérifiez-la.",
    )


def refused(organisation: Organisation) -> None:
    """Notify the members that the registration is refused, with the reason and what to do."""
    _to_members(
        organisation,
        "organisations.refuse",
        f"Votre inscription n’est pas retenue : {organisation.name}",
        f"{organisation.network} n’a pas pu vérifier votre inscription.\n\n"
        f"Motif : {organisation.refusal}\n\n"
        "Vous pouvez compléter votre fiche et demander une nouvelle vérification.",
    )


def suspended(organisation: Organisation) -> None:
    """Notify the members that their organisation is suspended."""
    _to_members(
        organisation,
        "organisations.suspend",
        f"{organisation.name} est mise en veille",
        f"{organisation.network} a mis votre inscription en veille. Contactez votre réseau.",
    )


def links_revoked(partner: FieldPartner, *, by: Actor, reason: str) -> None:
    """Notify the association that its partner's links are revoked, and how to send a new one."""
    _to_members(
        partner.association,
        "organisations.revoke_partner_links",
        f"Liens personnels fermés : {partner.name}",
        f"{by} a fermé les liens personnels {of(partner.name)}. Motif : {reason}\n\n"
        "Pour lui en envoyer un nouveau, ouvrez le dossier concerné.",
    )


def _to_both(organisation: Organisation, kind: str, subject: str, own: str, network: str) -> None:
    _to_members(organisation, kind, subject, own)
    for address in addresses_of_network(organisation.network):
        notify(
            to=address,
            kind=kind,
            subject=subject,
            body=network,
            about=organisation,
            url=reverse(
                "organisations:reseau_organisation",
                args=[organisation.network.slug, organisation.pk],
            ),
        )


def _to_members(organisation: Organisation, kind: str, subject: str, body: str) -> None:
    url = reverse(f"organisations:{organisation.kind}_profile", args=[organisation.slug])
    for address in addresses_of(organisation):
        notify(
            to=address,
            kind=kind,
            subject=subject,
            body=body,
            about=organisation,
            url=url,
            urgent=True,
        )


def member_erased(organisation: Organisation) -> None:
    """Notify the network that a member of an organisation was erased, without naming the person."""
    for address in addresses_of_network(organisation.network):
        notify(
            to=address,
            kind="rights.erase_account",
            about=organisation,
            subject=f"{organisation.name} : une personne a effacé ses données",
            body=(
                f"Une personne qui agissait pour {organisation.name} a effacé son compte, comme "
                "la loi le permet. Vérifiez qui représente l’organisation et qui la contacte."
            ),
            url=f"/reseau/{organisation.network.slug}/organisations/{organisation.pk}/",
        )
