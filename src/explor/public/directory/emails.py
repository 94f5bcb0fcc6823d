"""What the directory writes: to those who know a sheet, and to those who follow a search."""

from typing import Any

from django.urls import reverse

from explor.actors.networks.queries import addresses_of as officers_of
from explor.actors.organisations.queries import addresses_of
from explor.ground.common.actor import Actor
from explor.ground.messaging.actions import tell

from .models import Alert, ProjectSheet

NO_ACCOUNT = "Vous n’avez pas de compte et n’en avez pas besoin."


def to_approve(sheet: ProjectSheet) -> None:
    """The association reads over what was written from its file."""
    _to_association(
        sheet,
        "write_from_file",
        "Votre fiche projet est à relire",
        f"La fiche « {sheet.title} » est écrite à partir de votre dossier. Relisez-la, puis "
        "validez-la d’un clic ; votre réseau la publiera.",
    )


def approved(sheet: ProjectSheet) -> None:
    _to_network(
        sheet, "approve", "Fiche validée", f"L’association valide la fiche « {sheet.title} »."
    )


def correction_asked(sheet: ProjectSheet, *, by: Actor, words: str) -> None:
    body = f"{by.name} signale, sur la fiche « {sheet.title} » :\n\n{words}"
    _to_network(sheet, "ask_correction", "Une fiche est à corriger", body)


def to_confirm(sheet: ProjectSheet) -> None:
    """Once a year: is it still true?"""
    body = (
        f"La fiche « {sheet.title} » n’a pas été confirmée depuis un an. Dites d’un clic qu’elle "
        "est toujours juste, ou signalez ce qui a changé."
    )
    _to_association(sheet, "remind", "Votre fiche projet est-elle toujours juste ?", body)
    _to_network(sheet, "remind", "Une fiche est à confirmer", body)


def confirm_following(alert: Alert) -> None:
    """Nothing more is sent until the address confirms."""
    tell(
        to=alert.email,
        kind="follow",
        subject="Confirmez la recherche à suivre",
        body=f"Quelqu’un, sans doute vous, demande à être prévenu des nouvelles fiches projet. "
        f"Confirmez avec le lien ci-dessous. {NO_ACCOUNT} Si ce n’est pas vous, ne faites rien : "
        "l’adresse sera effacée dans sept jours.",
        url=reverse("directory:followed", args=[alert.token]),
        urgent=True,
        secret=True,
    )


def news(alert: Alert, count: int, cards: list[dict[str, Any]]) -> None:
    """The `count` sheets published since the last letter, the latest by name, and how to stop."""
    lines = "\n".join(f"- {card['title']} ({card['where'] or '--'})" for card in cards)
    if more := count - len(cards):
        lines += f"\n- et {more} autre{'s' if more > 1 else ''}"
    body = (
        f"Du nouveau dans la recherche que vous suivez :\n\n{lines}\n\n"
        "Le lien ci-dessous montre ces fiches, et arrête ces messages d’un clic."
    )
    tell(
        to=alert.email,
        kind="news",
        subject="Nouvelles fiches projet",
        body=body,
        url=reverse("directory:followed", args=[alert.token]),
    )


def _to_association(sheet: ProjectSheet, kind: str, subject: str, body: str) -> None:
    if sheet.project is None:
        return
    association = sheet.project.association
    url = reverse("directory:association_sheet", args=[association.slug, sheet.pk])
    for to in addresses_of(association):
        tell(to=to, kind=kind, subject=subject, body=body, about=sheet, url=url)


def _to_network(sheet: ProjectSheet, kind: str, subject: str, body: str) -> None:
    if sheet.network is None:
        return
    url = reverse("directory:reseau_sheet", args=[sheet.network.slug, sheet.pk])
    for to in officers_of(sheet.network):
        tell(to=to, kind=kind, subject=subject, body=body, about=sheet, url=url)
