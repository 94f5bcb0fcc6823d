"""Messages to the three parties of a transfer: the organisation and both networks."""

from django.urls import reverse

from explor.actors.networks.models import Network
from explor.ground.mail.actions import notify
from explor.ground.ui.elision import at, of

from . import selectors
from .models import Transfer


def requested(transfer: Transfer) -> None:
    """Notify the three parties that a transfer is requested."""
    body = (
        f"Il est demandé que {transfer.organisation} passe {of(transfer.giver)} "
        f"{at(transfer.receiver)}. Rien ne change avant l’accord des trois."
        + (f"\n\n« {transfer.message} »" if transfer.message else "")
    )
    _to_all(transfer, "requested", f"Transfert demandé : {transfer.organisation}", body)


def moved(transfer: Transfer) -> None:
    """Notify the three parties that the organisation moved to its new network."""
    body = (
        f"Les trois accords sont réunis : {transfer.organisation} est suivie par "
        f"{transfer.receiver}. Les besoins et les missions déjà commencés restent suivis par "
        f"{transfer.giver} jusqu’à leur fin."
    )
    _to_all(transfer, "moved", f"Transfert fait : {transfer.organisation}", body)


def ended(transfer: Transfer) -> None:
    """Notify the three parties that the transfer is refused or cancelled."""
    body = f"{transfer.organisation} reste suivie par {transfer.giver}." + (
        f"\n\nMotif : {transfer.reason}" if transfer.reason else ""
    )
    outcome = transfer.get_state_display()
    _to_all(transfer, "ended", f"Transfert {outcome} : {transfer.organisation}", body)


def _to_all(transfer: Transfer, kind: str, subject: str, body: str) -> None:
    for address, network in selectors.addresses_of_parties(transfer):
        notify(
            to=address,
            kind=f"transfers.{kind}",
            subject=subject,
            body=body,
            about=transfer,
            url=_url(network, transfer),
        )


def _url(network: Network | None, transfer: Transfer) -> str:
    """Return the URL of the transfer for a network, or for the organisation if None."""
    if network is None:
        own = transfer.organisation
        return reverse(f"transfers:{own.kind}_transfer", args=[own.slug])
    return reverse("transfers:reseau_transfer", args=[network.slug, transfer.pk])
