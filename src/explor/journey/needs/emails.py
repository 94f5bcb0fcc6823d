"""Emails about the submission, withdrawal, remarks, confirmation and unused draft of a need."""

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from explor.actors.networks.selectors import addresses_of as addresses_of_network
from explor.actors.organisations.selectors import addresses_of
from explor.ground.accounts.emails import link_sent
from explor.ground.http.languages import written_in
from explor.ground.mail.actions import notify
from explor.ground.ui.days import date_format

from .models import Need
from .states import State


def submitted(need: Need) -> None:
    """Notify the network of a submitted need, and send the association an acknowledgement."""
    url = reverse("needs:reseau_need", args=[need.network.slug, need.pk])
    for address in addresses_of_network(need.network):
        notify(
            to=address,
            kind="needs.submit",
            subject=f"Besoin déposé : {need.title} ({need.file_number})",
            body=f"{need.association} a déposé « {need.title} ». Est-il recevable ?",
            about=need,
            url=url,
        )
    _to_association(
        need,
        "submit",
        f"Bien reçu : {need.title} ({need.file_number})",
        f"Votre besoin est déposé auprès de {need.network}. Vous serez prévenus de sa réponse.",
    )


def withdrawn(need: Need, by: str) -> None:
    """Notify the association and the network that a need is withdrawn."""
    body = f"« {need.title} » est retiré par {by}."
    _to_association(need, "withdraw", f"Retiré : {need.title} ({need.file_number})", body)
    for address in addresses_of_network(need.network):
        notify(
            to=address,
            kind="needs.withdraw",
            subject=f"Retiré : {need.title} ({need.file_number})",
            body=body,
            about=need,
        )


def commented(need: Need, part: str, text: str) -> None:
    """Email the association in its daily digest a network's remark; `part` is the field's label."""
    url = reverse("needs:association_remarks", args=[need.association.slug, need.pk])
    for address in addresses_of(need.association):
        notify(
            to=address,
            kind="needs.comment",
            subject=f"Une remarque sur « {part} » : {need.title} ({need.file_number})",
            body=f"{need.network} écrit :\n\n{text}",
            about=need,
            url=url,
        )


def draft_ends(need: Need, on: date) -> None:
    """Warn the association that an old draft will be erased on a day, unless somebody edits it."""
    day = date_format(on, "j F Y")
    _to_association(
        need,
        "erase_draft",
        f"Brouillon effacé le {day} : {need.title}",
        f"Personne n’a modifié « {need.title} » depuis longtemps. Ce brouillon sera effacé le "
        f"{day}. Pour le garder, modifiez-le ou déposez-le avant cette date.",
    )


def partner_invited(need: Need, secret: str) -> None:
    """Email the partner, in the partner's language, a personal link to confirm the need.

    Do nothing when the partner has no email address.
    """
    if need.partner is None or not need.partner.email:
        return
    with written_in(need.partner.language):
        body = gettext(
            "%(association)s prépare une mission avec vous à %(place)s. "
            "Confirmez-la, ou dites ce qui ne va pas."
        )
    link_sent(
        to=need.partner.email,
        subject=f"{need.association} : {need.title} ({need.file_number})",
        body=body % {"association": need.association, "place": need.place},
        url=reverse("needs:partenaire_need", args=[secret]),
        about=need,
    )


def partner_answered(need: Need, remark: str) -> None:
    """Notify the association that its partner confirms a need, or of the partner's remark.

    The network is notified of a remark on a need that was filed: it may change a mission.
    """
    if remark:
        _partner_remarked(need, remark)
        return
    subject = f"Confirmé par le partenaire : {need.title} ({need.file_number})"
    body = f"{need.partner} confirme « {need.title} »."
    _to_association(need, "partner_confirm", subject, body)


def _partner_remarked(need: Need, remark: str) -> None:
    who = f"{need.partner} n’a pas confirmé, et écrit"
    if need.partner_confirmed_at:
        day = date_format(timezone.localdate(need.partner_confirmed_at), "j F Y")
        who = f"{need.partner}, qui avait confirmé le {day}, écrit"
    subject = f"Une remarque du partenaire : {need.title} ({need.file_number})"
    pages = [(addresses_of(need.association), "association", need.association.slug)]
    if need.state != State.DRAFT:
        pages.append((addresses_of_network(need.network), "reseau", need.network.slug))
    for addresses, role, key in pages:
        for address in addresses:
            notify(
                to=address,
                kind="needs.partner_confirm",
                subject=subject,
                body=f"{who} :\n\n{remark}",
                about=need,
                url=reverse(f"needs:{role}_remarks", args=[key, need.pk]),
                urgent=True,
            )


def _to_association(need: Need, verb: str, subject: str, body: str) -> None:
    url = reverse("needs:association_need", args=[need.association.slug, need.pk])
    for address in addresses_of(need.association):
        notify(
            to=address,
            kind=f"needs.{verb}",
            subject=subject,
            body=body,
            about=need,
            url=url,
            urgent=True,
        )
