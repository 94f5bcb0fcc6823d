"""Messages between networks about a shared call."""

from collections.abc import Iterable

from django.urls import reverse

from explor.actors.networks.models import Network
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


def opened_again(followers: Iterable[Call]) -> None:
    """Notify networks whose copy of a call is closed that the lead network opened the original."""
    for follower in followers:
        _to_follower(
            follower,
            "open_call",
            "Appel commun rouvert",
            f"{_lead_of(follower)} a ouvert de nouveau l’appel commun « {follower.title} ». Chez "
            "vous, le dépôt reste clos : vos associations ne peuvent rien déposer tant que vous ne "
            "l’ouvrez pas aussi.",
        )


def lead_ended(followers: Iterable[Call]) -> None:
    """Notify networks that the lead network ended the original: they may now edit their copies."""
    for follower in followers:
        _to_follower(
            follower,
            "end_call",
            "Appel commun terminé ailleurs",
            f"{_lead_of(follower)} a terminé chez lui l’appel commun « {follower.title} ». Chez "
            f"vous, il est « {follower.get_state_display()} » : ses règles et ses dates se "
            "changent désormais sur votre page.",
        )


def _lead_of(follower: Call) -> Network:
    return follower.lead.network if follower.lead else follower.network


def _to_follower(follower: Call, verb: str, what: str, body: str) -> None:
    for address in addresses_of(follower.network):
        notify(
            to=address,
            kind=f"calls.{verb}",
            subject=f"{what} : {follower.title} ({follower.file_number})",
            body=body,
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
