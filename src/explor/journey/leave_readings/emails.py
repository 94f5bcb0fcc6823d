"""Emails about changes to the tables of the law."""

from django.urls import reverse

from explor.actors.networks.models import Network
from explor.actors.networks.selectors import addresses_of
from explor.ground.accounts.models import Person
from explor.ground.mail.actions import notify
from explor.ground.ui.days import date_format

from .engine import cell_of
from .models import LawAmendment
from .pages.law import shown
from .selectors import colleagues_of


def _what(change: LawAmendment) -> str:
    """Return a description of a change in French, with the former and the new text."""
    cell = cell_of(*change.place)
    name = f"{cell.about} : {cell.label}" if cell else str(change)
    former, value = (shown(cell, text) if cell else text for text in (change.former, change.value))
    return (
        f"{name}.\n\nAvant : {former}\n\nAprès : {value}\n\n"
        f"Source : {change.source}, lue le {date_format(change.read_on)}."
    )


def _notify(to: str, change: LawAmendment, verb: str, subject: str, body: str, url: str) -> None:
    notify(
        to=to,
        kind=f"leave_readings.{verb}",
        subject=subject,
        body=body,
        about=change,
        url=url,
        urgent=verb == "propose_change",
    )


def to_decide(change: LawAmendment, *, without: int | None) -> None:
    """Email the coordinators, except the author, that a change awaits their decision."""
    url = reverse("leave_readings:coordination_change", args=[change.pk])
    for address in colleagues_of(without):
        _notify(
            address,
            change,
            "propose_change",
            "Un texte de loi à relire à deux",
            f"{change.proposer} propose un changement. Lisez la source, puis décidez.\n\n"
            f"{_what(change)}",
            url,
        )


def approved(change: LawAmendment) -> None:
    """Email every network and the author that a text of the law has changed in Explor."""
    body = (
        "La coordination a changé un texte que lisent les cadres de départ. Les lectures déjà "
        f"gardées ne changent pas.\n\n{_what(change)}"
    )
    subject = "Un texte de loi a changé dans Explor"
    for network in Network.objects.order_by("pk"):
        url = reverse("leave_readings:reseau_schemes", args=[network.slug])
        for address in addresses_of(network):
            _notify(address, change, "approve_change", subject, body, url)
    _to_author(change, "approve_change", subject, body)


def declined(change: LawAmendment, reason: str) -> None:
    """Email the author of a change to the tables of the law that it is declined, and why."""
    body = f"{change.decider} a refusé votre changement : {reason}\n\n{_what(change)}"
    _to_author(change, "decline_change", "Votre changement est refusé", body)


def _to_author(change: LawAmendment, verb: str, subject: str, body: str) -> None:
    author = Person.objects.filter(pk=change.proposed_by).first()
    if author:
        url = reverse("leave_readings:coordination_change", args=[change.pk])
        _notify(author.email, change, verb, subject, body, url)
