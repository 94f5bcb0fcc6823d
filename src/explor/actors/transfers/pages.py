"""Links, lines and tasks that show transfers on a page."""

from typing import Any

from django.urls import reverse

from explor.actors.organisations.models import Organisation
from explor.ground.http.actor import Actor
from explor.ground.ui.parts import Task

from . import rules, selectors
from .models import Transfer


def url_of(transfer: Transfer, actor: Actor) -> str:
    """Return the address of a transfer under the role of its reader."""
    if actor.role == "reseau":
        return reverse("transfers:reseau_transfer", args=[actor.key, transfer.pk])
    return reverse(f"transfers:{actor.role}_transfer", args=[actor.key])


def parties_of(transfer: Transfer) -> list[tuple[str, Any]]:
    """Return each party's name and the date of its consent, None while it has not answered."""
    return [
        (transfer.organisation.name, transfer.own_at),
        (f"{transfer.giver}, qui la suit", transfer.giver_at),
        (f"{transfer.receiver}, qui la recevrait", transfer.receiver_at),
    ]


def tasks_of(actor: Actor) -> list[Task]:
    """Return the transfers that await the organisation's own consent, for its home."""
    return [
        Task(
            title="Changer de réseau",
            url=url_of(each, actor),
            why=f"De {each.giver} à {each.receiver} : votre accord est demandé.",
        )
        for each in selectors.open_transfers_of(actor)
        if rules.can_answer(actor, "consent", each)
    ]


def network_task(actor: Actor, organisation: Organisation) -> Task:
    """Return the task of a network that has not answered the transfer of an organisation."""
    return Task(
        title=f"Transfert de {organisation}",
        url=reverse("transfers:reseau_transfers", args=[actor.key]),
        why="Votre accord est demandé.",
    )


def tools_of(actor: Actor, organisation: Organisation) -> list[tuple[str, str]]:
    """Return the link to ask for a transfer, shown on the page of an organisation."""
    if actor.role == "reseau":
        url = reverse("transfers:reseau_transfer_ask", args=[actor.key, organisation.pk])
        return [("Transférer à un autre réseau", url)]
    return [("Changer de réseau", reverse(f"transfers:{actor.role}_transfer", args=[actor.key]))]
