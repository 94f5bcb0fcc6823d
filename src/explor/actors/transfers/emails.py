"""Messages that tell the three parties where a transfer stands."""

from django.urls import reverse

from explor.actors.networks.models import Network
from explor.actors.networks.queries import addresses_of as addresses_of_network
from explor.actors.organisations.queries import addresses_of
from explor.ground.mail.actions import notify

from .models import Transfer


def requested(transfer: Transfer) -> None:
    """Tell the three parties that a transfer is requested."""
    body = (
        f"Il est demandé que {transfer.organisation} passe de {transfer.giver} à "
        f"{transfer.receiver}. Rien ne change avant l’accord des trois."
        + (f"\n\n« {transfer.message} »" if transfer.message else "")
    )
    _to_all(transfer, "asked", f"Transfert demandé : {transfer.organisation}", body)


def moved(transfer: Transfer) -> None:
    """Tell the three parties that the organisation is in its new network."""
    body = (
        f"Les trois accords sont réunis : {transfer.organisation} est suivie par "
        f"{transfer.receiver}. Les besoins et les missions déjà commencés restent suivis par "
        f"{transfer.giver} jusqu’à leur fin."
    )
    _to_all(transfer, "moved", f"Transfert fait : {transfer.organisation}", body)


def ended(transfer: Transfer) -> None:
    """Tell the three parties that the transfer is refused or called off."""
    body = f"{transfer.organisation} reste suivie par {transfer.giver}." + (
        f"\n\nMotif : {transfer.reason}" if transfer.reason else ""
    )
    outcome = transfer.get_state_display()
    _to_all(transfer, "ended", f"Transfert {outcome} : {transfer.organisation}", body)


def _to_all(transfer: Transfer, kind: str, subject: str, body: str) -> None:
    own = transfer.organisation
    home = reverse(f"transfers:{own.kind}_transfer", args=[own.slug])
    parties = [(address, home) for address in addresses_of(own)]
    for network in (transfer.giver, transfer.receiver):
        parties += [(address, _url(network, transfer)) for address in addresses_of_network(network)]
    for address, url in parties:
        notify(
            to=address,
            kind=f"transfers.{kind}",
            subject=subject,
            body=body,
            about=transfer,
            url=url,
        )


def _url(network: Network, transfer: Transfer) -> str:
    return reverse("transfers:reseau_transfer", args=[network.slug, transfer.pk])
