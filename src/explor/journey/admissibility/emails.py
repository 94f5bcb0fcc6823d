"""Emails of admissibility: verdicts, supplements, reminders, changed terms of a call."""

from django.urls import reverse
from django.utils import timezone

from explor.actors.networks.selectors import addresses_of as addresses_of_network
from explor.actors.organisations.selectors import addresses_of
from explor.ground.mail.actions import notify
from explor.ground.ui.days import date_format
from explor.journey.calls.models import Call
from explor.journey.needs.models import Need
from explor.journey.needs.rules import blanks

from .models import Reminder, Supplement


def deadline_sentence(supplement: Supplement) -> str:
    """Return the deadline in French: « avant le 12/03/2027 à 18:00 (heure de Paris) »."""
    last = timezone.localtime(supplement.answer_by)
    return f"avant le {date_format(last, 'j F Y à H:i')} (heure de Paris)"


def accepted(need: Need) -> None:
    """Notify the association that its need is admissible and goes to the committee."""
    _verdict(
        need,
        "accept",
        f"Recevable : {need.title} ({need.file_number})",
        "Votre besoin est recevable. Un comité va le lire ; la décision vous sera annoncée.",
    )


def changes_requested(need: Need, reason: str) -> None:
    """Notify the association that its need must be completed; `reason` says how and by when."""
    _verdict(
        need,
        "request_changes",
        f"À compléter : {need.title} ({need.file_number})",
        f"{need.network} vous demande de compléter votre besoin.\n\n{reason}",
    )


def rejected(need: Need, reason: str) -> None:
    """Notify the association that its need is inadmissible, and why."""
    _verdict(
        need,
        "reject",
        f"Non recevable : {need.title} ({need.file_number})",
        f"{need.network} n’a pas pu déclarer ce besoin recevable.\n\nMotif : {reason}",
    )


def extended(supplement: Supplement) -> None:
    """Notify the association of its new deadline for supplements."""
    need = supplement.need
    _to_association(
        need,
        "admissibility.extend",
        f"Échéance prolongée : {need.title} ({need.file_number})",
        f"{need.network} attend désormais vos compléments {deadline_sentence(supplement)}.",
        reverse("admissibility:association_answer", args=[need.association.slug, need.pk]),
    )


def due_soon(supplement: Supplement) -> None:
    """Remind the association of the deadline of its supplements."""
    need = supplement.need
    _to_association(
        need,
        f"admissibility.{Reminder.Kind.SUPPLEMENT_2}",
        f"Compléments à rendre : {need.title} ({need.file_number})",
        f"{need.network} attend vos compléments {deadline_sentence(supplement)}.",
        reverse("admissibility:association_answer", args=[need.association.slug, need.pk]),
    )


def overdue(supplement: Supplement) -> None:
    """Notify the network that the supplements were not sent before the deadline."""
    need = supplement.need
    for address in addresses_of_network(need.network):
        notify(
            to=address,
            kind=f"admissibility.{Reminder.Kind.OVERDUE}",
            subject=f"Compléments non rendus : {need.title} ({need.file_number})",
            body=(
                f"{need.association} devait compléter « {need.title} » "
                f"{deadline_sentence(supplement)}. Prolongez l’échéance, ou refusez le besoin."
            ),
            about=need,
            url=reverse("admissibility:reseau_need", args=[need.network.slug, need.pk]),
        )


def closing_soon(need: Need, kind: str) -> None:
    """Remind the association that the call of its draft closes soon, and of the blank fields.

    `kind` is a value of `Reminder.Kind`.
    """
    closing = timezone.localtime(need.call.closes_at)
    missing = "".join(f"\n- {each.use}" for each in blanks(need))
    rest = f"\n\nIl reste à dire :{missing}" if missing else "\n\nRien ne manque : déposez-le."
    _to_association(
        need,
        f"admissibility.{kind}",
        f"Votre brouillon attend : {need.title} ({need.file_number})",
        f"L’appel « {need.call} » ferme le {date_format(closing, 'j F Y à H:i')}, heure de Paris. "
        f"Votre besoin n’est pas encore déposé.{rest}",
        reverse("needs:association_need", args=[need.association.slug, need.pk]),
    )


def terms_changed(need: Need, call: Call, sentences: list[str], *, urgent: bool) -> None:
    """Notify the association of a need in preparation of the changes of its call, as `sentences`.

    The email is sent at once if `urgent`, else in the daily digest.
    """
    lines = "".join(f"\n- {each}" for each in sentences)
    _to_association(
        need,
        "admissibility.terms_changed",
        f"L’appel a changé : {call.title} ({call.file_number})",
        f"Vous préparez « {need.title} » pour l’appel « {call.title} ». Il a changé :{lines}",
        reverse("needs:association_need", args=[need.association.slug, need.pk]),
        urgent=urgent,
    )


def _verdict(need: Need, verb: str, subject: str, body: str) -> None:
    url = reverse("needs:association_need", args=[need.association.slug, need.pk])
    _to_association(need, f"admissibility.{verb}", subject, body, url)


def _to_association(
    need: Need, kind: str, subject: str, body: str, url: str, *, urgent: bool = True
) -> None:
    for address in addresses_of(need.association):
        notify(
            to=address,
            kind=kind,
            subject=subject,
            body=body,
            about=need,
            url=url,
            urgent=urgent,
        )
