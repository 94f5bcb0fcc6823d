"""Emails about a referral: the request to the expert, and the answer to the networks."""

from django.urls import reverse

from explor.actors.networks.selectors import addresses_of as officers_of
from explor.ground.mail.actions import notify
from explor.ground.ui.days import date_format

from .models import Referral
from .states import State

# The verb and the French words of each answer.
ANSWERS = {
    State.ACCEPTED: ("accept", "ouvre son profil"),
    State.DECLINED: ("decline", "n’ouvre pas son profil"),
    State.EXPIRED: ("expire", "n’a pas répondu : son profil reste fermé"),
}


def referred(referral: Referral) -> None:
    """Email the request to the expert; the other network is not notified."""
    body = (
        f"{referral.sender} vous garde en réserve. {referral.network} cherche une expertise comme "
        f"la vôtre : « {referral.need.title} », pour {referral.need.association}.\n\n"
        "Ce réseau ne voit pas votre profil. Voulez-vous le lui ouvrir ? Vous pourrez le refermer "
        f"quand vous voudrez. Répondez avant le {date_format(referral.until, 'j F Y')} ; sans "
        "réponse, rien ne change."
    )
    body += f"\n\nMot du réseau : {referral.message}" if referral.message else ""
    notify(
        to=referral.expert.person.email,
        kind="referrals.refer",
        subject="Un autre réseau cherche votre expertise",
        body=body,
        about=referral,
        url=reverse("referrals:expert_referral", args=[referral.pk]),
        urgent=True,
    )


def answered(referral: Referral) -> None:
    """Notify both networks of an acceptance, only the sender otherwise; give no reason."""
    verb, words = ANSWERS[State(referral.state)]
    body = f"{referral.expert} {words} à {referral.network}"
    if referral.state != State.EXPIRED:
        body += f" pour « {referral.need.title} »"
    yes = referral.state == State.ACCEPTED
    for network in [referral.sender, referral.network] if yes else [referral.sender]:
        for to in officers_of(network):
            notify(
                to=to,
                kind=f"referrals.{verb}",
                subject="Réponse à une ouverture de profil",
                body=f"{body}.",
                about=referral,
                url=reverse("shortlists:reseau_searches", args=[network.slug]),
            )
