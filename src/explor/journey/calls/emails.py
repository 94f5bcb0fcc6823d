"""Messages between networks about a shared call."""

from django.urls import reverse

from explor.actors.networks.selectors import addresses_of
from explor.ground.mail.actions import notify

from .models import Call


def shared(follower: Call) -> None:
    """Notify a network that another network proposes to share a call with it."""
    lead = follower.lead.network if follower.lead else follower.network
    for address in addresses_of(follower.network):
        notify(
            to=address,
            kind="calls.share",
            subject=f"Appel commun proposé : {follower.title} ({follower.file_number})",
            body=(
                f"{lead} vous propose de partager l’appel « {follower.title} ». Relisez-le, puis "
                "ouvrez-le à vos associations ou déclinez. Vos dossiers restent les vôtres."
            ),
            about=follower,
            url=reverse("calls:reseau_call", args=[follower.network.slug, follower.pk]),
        )


def opened_again(follower: Call) -> None:
    """Notify a network with a closed copy of a shared call that the lead reopened the call."""
    lead = follower.lead.network if follower.lead else follower.network
    for address in addresses_of(follower.network):
        notify(
            to=address,
            kind="calls.open_call",
            subject=f"Appel commun rouvert : {follower.title} ({follower.file_number})",
            body=(
                f"{lead} a ouvert de nouveau l’appel commun « {follower.title} ». Chez vous, le "
                "dépôt reste clos : vos associations ne peuvent rien déposer tant que vous ne "
                "l’ouvrez pas aussi."
            ),
            about=follower,
            url=reverse("calls:reseau_call", args=[follower.network.slug, follower.pk]),
        )


def declined(follower: Call) -> None:
    """Notify the network that proposed to share a call that the other network refused."""
    if follower.lead is None:
        return
    for address in addresses_of(follower.lead.network):
        notify(
            to=address,
            kind="calls.decline_share",
            subject=f"Appel commun décliné : {follower.title} ({follower.lead.file_number})",
            body=f"{follower.network} ne prend pas part à l’appel « {follower.title} ».",
            about=follower.lead,
            url=reverse("calls:reseau_call", args=[follower.lead.network.slug, follower.lead.pk]),
        )
