"""URLs, texts, tasks and effects of verbs, for the pages of transfers."""

from datetime import datetime
from operator import attrgetter, methodcaller

from django.urls import reverse
from django.utils import timezone

from explor.actors.organisations.models import Organisation
from explor.ground.http.actor import Actor
from explor.ground.ui.days import date_format
from explor.ground.ui.elision import at, of
from explor.ground.ui.export import Columns
from explor.ground.ui.parts import Task
from explor.ground.workflow.pages import Consequence, Effects, Notified, Undo

from . import rules, selectors
from .models import Transfer
from .states import TransferState

# The columns of the downloaded list of transfers.
EXPORTED: Columns = {
    "Organisation": attrgetter("organisation.name"),
    "De": attrgetter("giver.name"),
    "À": attrgetter("receiver.name"),
    "État": methodcaller("get_state_display"),
}


def url_of(actor: Actor, transfer: Transfer) -> str:
    """Return the URL of a transfer under the role of `actor`.

    For the organisation it is the page of its open transfer, whatever `transfer` is.
    """
    if actor.role == "reseau":
        return reverse("transfers:reseau_transfer", args=[actor.key, transfer.pk])
    return reverse(f"transfers:{actor.role}_transfer", args=[actor.key])


def title_of(transfer: Transfer) -> str:
    """Return the French heading of the page of a transfer."""
    return f"Transfert {of(transfer.organisation)}"


def tone_of(transfer: Transfer) -> str:
    """Return the tone (colour) of the badge of a transfer."""
    tones: dict[str, str] = {TransferState.DONE: "good", TransferState.OPEN: "info"}
    return tones.get(transfer.state, "neutral")


def parties_of(transfer: Transfer) -> list[tuple[str, str]]:
    """Return (name, answer in French) for the organisation, its network and the new network."""
    return [
        (transfer.organisation.name, _answer(transfer, transfer.own_at)),
        (f"{transfer.giver}, qui la suit", _answer(transfer, transfer.giver_at)),
        (f"{transfer.receiver}, qui la recevrait", _answer(transfer, transfer.receiver_at)),
    ]


def _answer(transfer: Transfer, consented_at: datetime | None) -> str:
    if consented_at:
        return f"d’accord, le {date_format(timezone.localtime(consented_at), 'j F Y')}"
    return "on attend sa réponse" if transfer.state == TransferState.OPEN else "sans réponse"


def tasks_of(actor: Actor) -> list[Task]:
    """Return a task for each transfer that awaits the consent of the organisation."""
    return [
        Task(
            title="Changer de réseau",
            url=url_of(actor, each),
            why=f"De {each.giver} à {each.receiver} : votre accord est demandé.",
        )
        for each in selectors.open_transfers_of(actor)
        if rules.can_answer(actor, "consent", each)
    ]


def network_task(actor: Actor, organisation: Organisation) -> Task:
    """Return the task that asks a network to answer about the transfer of an organisation."""
    return Task(
        title=f"Transfert {of(organisation)}",
        url=reverse("transfers:reseau_transfers", args=[actor.key]),
        why="Votre accord est demandé.",
    )


def tools_of(actor: Actor, organisation: Organisation) -> list[tuple[str, str]]:
    """Return the (label, URL) link from the page of an organisation to the request of a transfer.

    For the organisation itself, the same page shows a transfer that is already open.
    """
    if actor.role == "reseau":
        url = reverse("transfers:reseau_transfer_request", args=[actor.key, organisation.pk])
        return [("Transférer à un autre réseau", url)]
    return [("Changer de réseau", reverse(f"transfers:{actor.role}_transfer", args=[actor.key]))]


def effects_of_consent(actor: Actor, transfer: Transfer) -> Effects:
    """Return the effects of a consent: the organisation moves, or waits for other parties."""
    awaited = rules.parties_awaited(transfer) - {rules.party_of(transfer, actor)}
    if not awaited:
        return _effects_of_last_consent(transfer)
    return Effects(
        happens=(
            Consequence("Votre accord est enregistré."),
            Consequence(
                f"{transfer.organisation} passe {of(transfer.giver)} {at(transfer.receiver)}.",
                "Dès que les trois accords sont réunis",
            ),
        ),
        undo=(
            Undo("Avant le dernier accord", "Qui a demandé le transfert peut l’abandonner."),
            Undo("Avant le dernier accord", "Qui n’a pas encore répondu peut le refuser."),
        ),
    )


def effects_of_turn_down(actor: Actor, transfer: Transfer) -> Effects:
    """Return the effects of a refusal: nothing moves, and the three parties get the reason."""
    return Effects(
        happens=(Consequence(f"{transfer.organisation} reste suivie par {transfer.giver}."),),
        notified=(_parties(transfer, "que le transfert est refusé, et le motif avec vos mots"),),
        undo=(Undo("À tout moment", "Un nouveau transfert peut être demandé."),),
    )


def effects_of_call_off(actor: Actor, transfer: Transfer) -> Effects:
    """Return the effects of a cancellation: the organisation stays in its network."""
    return Effects(
        happens=(Consequence(f"{transfer.organisation} reste suivie par {transfer.giver}."),),
        notified=(_parties(transfer, "que la demande est abandonnée"),),
        undo=(Undo("À tout moment", "Un nouveau transfert peut être demandé."),),
    )


def _effects_of_last_consent(transfer: Transfer) -> Effects:
    return Effects(
        happens=(
            Consequence(
                f"{transfer.organisation}, ses projets et ses partenaires sont suivis par "
                f"{transfer.receiver}."
            ),
            Consequence(
                f"Les besoins et les missions déjà commencés restent suivis par {transfer.giver}.",
                "Jusqu’à leur fin",
            ),
        ),
        notified=(_parties(transfer, "que le transfert est fait"),),
        undo=(Undo("À tout moment", "Un transfert dans l’autre sens, avec trois accords."),),
    )


def _parties(transfer: Transfer, reads: str) -> Notified:
    """Return the members of the organisation and the officers of both networks as recipients.

    `reads` is the content of the message.
    """
    count = len(selectors.addresses_of_parties(transfer))
    return Notified("L’organisation et les deux réseaux", reads, count)
