"""Messages about a transfer: each party knows who has said yes, and what is asked of them."""

from django.urls import reverse

from explor.actors.networks.models import Network
from explor.actors.networks.queries import addresses_of as addresses_of_network
from explor.actors.organisations.queries import addresses_of
from explor.ground.messaging.actions import tell

from .models import Transfer


def asked(transfer: Transfer) -> None:
    """All three read what is asked."""
    body = (
        f"Il est demandé que {transfer.organisation} passe de {transfer.giver} à "
        f"{transfer.receiver}. Rien ne change avant l’accord des trois."
        + (f"\n\n« {transfer.message} »" if transfer.message else "")
    )
    _to_all(transfer, "asked", f"Transfert demandé : {transfer.organisation}", body)


def moved(transfer: Transfer) -> None:
    """The organisation is in its new network."""
    body = (
        f"Les trois accords sont réunis : {transfer.organisation} est suivie par "
        f"{transfer.receiver}. Les besoins et les missions déjà commencés restent suivis par "
        f"{transfer.giver} jusqu’à leur fin."
    )
    _to_all(transfer, "moved", f"Transfert fait : {transfer.organisation}", body)


def ended(transfer: Transfer) -> None:
    """Nothing changes."""
    body = f"{transfer.organisation} reste suivie par {transfer.giver}." + (
        f"\n\nMotif : {transfer.reason}" if transfer.reason else ""
    )
    told = transfer.get_state_display()
    _to_all(transfer, "ended", f"Transfert {told} : {transfer.organisation}", body)


def _to_all(transfer: Transfer, kind: str, subject: str, body: str) -> None:
    own = transfer.organisation
    home = reverse(f"membership:{own.kind}_transfer", args=[own.slug])
    parties = [(address, home) for address in addresses_of(own)]
    for network in (transfer.giver, transfer.receiver):
        parties += [(address, _url(network, transfer)) for address in addresses_of_network(network)]
    for address, url in parties:
        tell(
            to=address,
            kind=f"membership.transfer_{kind}",
            subject=subject,
            body=body,
            about=transfer,
            url=url,
        )


def _url(network: Network, transfer: Transfer) -> str:
    return reverse("membership:reseau_transfer", args=[network.slug, transfer.pk])
