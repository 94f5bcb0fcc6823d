"""Messages between networks about a shared call."""

from django.urls import reverse

from explor.actors.networks.queries import addresses_of
from explor.ground.messaging.actions import tell

from .models import Call


def shared(twin: Call) -> None:
    """A network reads that another proposes a call to it."""
    lead = twin.lead.network if twin.lead else twin.network
    for address in addresses_of(twin.network):
        tell(
            to=address,
            kind="calls.share",
            subject=f"Appel commun proposé : {twin.title}",
            body=(
                f"{lead} vous propose de partager l’appel « {twin.title} ». Relisez-le, puis "
                "ouvrez-le à vos associations ou déclinez. Vos dossiers restent les vôtres."
            ),
            about=twin,
            url=reverse("calls:reseau_call", args=[twin.network.slug, twin.pk]),
        )


def declined(twin: Call) -> None:
    """The network that proposed a call reads that another leaves it."""
    if twin.lead is None:
        return
    for address in addresses_of(twin.lead.network):
        tell(
            to=address,
            kind="calls.decline_share",
            subject=f"Appel commun décliné : {twin.title}",
            body=f"{twin.network} ne prend pas part à l’appel « {twin.title} ».",
            about=twin.lead,
            url=reverse("calls:reseau_call", args=[twin.lead.network.slug, twin.lead.pk]),
        )
