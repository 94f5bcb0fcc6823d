"""Reads of the transfers."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from explor.actors.networks.models import Network
from explor.actors.networks.selectors import addresses_of as addresses_of_network
from explor.actors.organisations.selectors import addresses_of
from explor.ground.http.actor import Actor

from .models import Transfer
from .states import TransferState


def transfers_of(actor: Actor) -> "QuerySet[Transfer]":
    """Return the transfers in which `actor` has a say, the open ones first."""
    visible = Transfer.objects.visible_to(actor).select_related("organisation", "giver", "receiver")
    is_open = Count("pk", filter=Q(state=TransferState.OPEN))
    return visible.annotate(open=is_open).order_by("-open", "-pk")


def open_transfers_of(actor: Actor) -> "QuerySet[Transfer]":
    """Return the transfers in which `actor` has a say and that are not ended."""
    return transfers_of(actor).filter(state=TransferState.OPEN)


def awaits_network(actor: Actor) -> Exists:
    """Return the condition that an organisation has a transfer awaiting this network's answer."""
    leaving = Q(giver=actor.scope, giver_at=None)
    unanswered = leaving | Q(receiver=actor.scope, receiver_at=None)
    transfers = Transfer.objects.filter(unanswered, organisation=OuterRef("pk"))
    return Exists(transfers.filter(state=TransferState.OPEN))


def networks_except(network: int) -> "QuerySet[Network]":
    """Return the networks to which an organisation of `network` may move."""
    return Network.objects.exclude(pk=network).order_by("name")


def addresses_of_parties(transfer: Transfer) -> list[tuple[str, Network | None]]:
    """Return each address to write to, with its network, or None for the organisation's own."""
    parties: list[tuple[str, Network | None]] = [
        (address, None) for address in addresses_of(transfer.organisation)
    ]
    for network in (transfer.giver, transfer.receiver):
        parties += [(address, network) for address in addresses_of_network(network)]
    return parties
