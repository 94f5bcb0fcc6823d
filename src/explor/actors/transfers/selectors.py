"""Queries on transfers of organisations between networks."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from explor.actors.networks.models import Network
from explor.actors.networks.selectors import addresses_of as addresses_of_network
from explor.actors.organisations.selectors import addresses_of
from explor.ground.http.actor import Actor
from explor.ground.ui.order import french_key

from .models import Transfer
from .states import TransferState


def transfers_of(actor: Actor) -> "QuerySet[Transfer]":
    """Return the transfers that `actor` is a party to, the open ones first."""
    visible = Transfer.objects.visible_to(actor).select_related("organisation", "giver", "receiver")
    is_open = Count("pk", filter=Q(state=TransferState.OPEN))
    return visible.annotate(open=is_open).order_by("-open", "-pk")


def open_transfers_of(actor: Actor) -> "QuerySet[Transfer]":
    """Return the open transfers that `actor` is a party to."""
    return transfers_of(actor).filter(state=TransferState.OPEN)


def awaits_network(actor: Actor) -> Exists:
    """Return a condition on organisations: an open transfer awaits the answer of this network.

    The network is that of `actor`, either the current or the new network of the organisation.
    """
    leaving = Q(giver=actor.scope, giver_at=None)
    unanswered = leaving | Q(receiver=actor.scope, receiver_at=None)
    transfers = Transfer.objects.filter(unanswered, organisation=OuterRef("pk"))
    return Exists(transfers.filter(state=TransferState.OPEN))


def networks_except(network: int) -> "QuerySet[Network]":
    """Return the networks of the programme to which an organisation of `network` may move."""
    others = Network.objects.filter(in_explor=True).exclude(pk=network)
    return others.order_by(french_key("name"))


def addresses_of_parties(transfer: Transfer) -> list[tuple[str, Network | None]]:
    """Return (e-mail address, network) for each person to notify about a transfer.

    The network is the one for which the officer works, None for members of the organisation.
    """
    parties: list[tuple[str, Network | None]] = [
        (address, None) for address in addresses_of(transfer.organisation)
    ]
    for network in (transfer.giver, transfer.receiver):
        parties += [(address, network) for address in addresses_of_network(network)]
    return parties
