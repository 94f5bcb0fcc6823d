"""Emails about a project sheet to its association and its network."""

from collections.abc import Sequence

from django.urls import reverse

from explor.actors.networks.selectors import addresses_of as officers_of
from explor.actors.organisations.selectors import addresses_of
from explor.ground.http.actor import Actor
from explor.ground.mail.actions import notify

from .models import ProjectSheet
from .states import State


def ask_to_approve(sheet: ProjectSheet) -> None:
    """Email the association to ask it to review and validate a draft."""
    _to_association(
        sheet,
        "write_from_file",
        "Votre fiche projet est à relire",
        f"La fiche « {sheet.title} » ({sheet.file_number}) est écrite à partir de votre dossier. "
        "Relisez-la, puis validez-la d’un clic ; votre réseau la publiera.",
    )


def notify_approved(sheet: ProjectSheet) -> None:
    """Notify the network that the association validated a sheet."""
    _to_network(
        sheet,
        "approve",
        "Fiche validée",
        f"L’association valide la fiche « {sheet.title} » ({sheet.file_number}).",
    )


def published_unapproved(sheet: ProjectSheet, *, by: Actor, reason: str) -> None:
    """Email the association that its sheet is published without its validation, and why."""
    _to_association(
        sheet,
        "publish",
        "Votre fiche projet est publiée sans votre validation",
        f"{by.name} publie la fiche « {sheet.title} » ({sheet.file_number}). Motif : {reason}\n\n"
        "Relisez-la, et signalez ce qui est à corriger.",
    )


def corrected(sheet: ProjectSheet, *, by: Actor, fields: Sequence[str]) -> None:
    """Email the association what changed in a sheet that it validated or that is public."""
    public = sheet.state == State.PUBLISHED
    _to_association(
        sheet,
        "correct",
        "Votre fiche projet a changé",
        f"{by.name} a changé la fiche « {sheet.title} » ({sheet.file_number}). "
        f"Ce qui a changé : {', '.join(fields)}.\n\n"
        + (
            "Elle est publiée : relisez-la, et signalez ce qui est à corriger."
            if public
            else "Relisez-la, puis validez-la de nouveau."
        ),
    )


def ask_correction(sheet: ProjectSheet, *, by: Actor, words: str) -> None:
    """Email the network the corrections that the association requests."""
    body = f"{by.name} signale, sur la fiche « {sheet.title} » ({sheet.file_number}) :\n\n{words}"
    _to_network(sheet, "ask_correction", "Une fiche est à corriger", body)


def ask_to_confirm(sheet: ProjectSheet) -> None:
    """Email the association and the network to ask whether a sheet is still correct."""
    body = (
        f"La fiche « {sheet.title} » ({sheet.file_number}) n’a pas été confirmée depuis un an. "
        "Dites d’un clic qu’elle est toujours juste, ou signalez ce qui a changé."
    )
    _to_association(sheet, "remind", "Votre fiche projet est-elle toujours juste ?", body)
    _to_network(sheet, "remind", "Une fiche est à confirmer", body)


def _to_association(sheet: ProjectSheet, kind: str, subject: str, body: str) -> None:
    if sheet.project is None:
        return
    association = sheet.project.association
    url = reverse("sheets:association_sheet", args=[association.slug, sheet.pk])
    for to in addresses_of(association):
        notify(to=to, kind=kind, subject=subject, body=body, about=sheet, url=url)


def _to_network(sheet: ProjectSheet, kind: str, subject: str, body: str) -> None:
    if sheet.network is None:
        return
    url = reverse("sheets:reseau_sheet", args=[sheet.network.slug, sheet.pk])
    for to in officers_of(sheet.network):
        notify(to=to, kind=kind, subject=subject, body=body, about=sheet, url=url)
