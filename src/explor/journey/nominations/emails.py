"""Emails about a nomination; only the one to the nominated person contains their name."""

from collections.abc import Sequence

from django.urls import reverse

from explor.actors.networks.selectors import addresses_of as officers_of
from explor.actors.organisations.selectors import addresses_of
from explor.ground.mail.actions import notify
from explor.ground.privacy.terms import days

from .models import Nomination


def nominated(nomination: Nomination, secret: str) -> None:
    """Email the person to ask whether they want to go, with the message of their employer."""
    need = nomination.need
    word = f"\n\nSon mot : {nomination.word}" if nomination.word else ""
    body = (
        f"Bonjour {nomination.name},\n\n{nomination.by} ({nomination.employer.name}) pense à vous "
        f"pour une mission de solidarité internationale : « {need.title} », avec l’association "
        f"{need.association.name}.{word}\n\n"
        "Ce lien vous dit ce que c’est. Vous y répondrez oui ou non : un oui crée votre profil, un "
        "non efface vos données. Sans réponse, elles sont effacées dans "
        f"{days('nomination')} jours."
    )
    notify(
        to=nomination.email,
        kind="nominations.nominate",
        subject="On pense à vous pour une mission",
        body=body,
        about=nomination,
        url=reverse("nominations:answer", args=[secret]),
        urgent=True,
        secret=True,
    )


def joined(nomination: Nomination, missing: Sequence[str]) -> None:
    """Email a person who said yes what hides their profile from the network, if anything does."""
    if not missing or nomination.expert is None:
        return
    steps = "\n".join(f"- {each}" for each in missing)
    notify(
        to=nomination.expert.person.email,
        kind="nominations.join",
        subject=f"Votre oui ne suffit pas encore : {nomination.need.title}",
        body=(
            f"Vous avez dit oui pour « {nomination.need.title} ». "
            f"{nomination.need.network} ne voit pas encore votre profil :\n\n{steps}"
        ),
        about=nomination.need,
        url="/expert/profil/",
        urgent=True,
    )


def notify_network(nomination: Nomination, verb: str, text: str) -> None:
    """Notify the network of a change of a nomination, in its daily digest, without the name."""
    network = nomination.need.network
    url = reverse("shortlists:reseau_shortlist", args=[network.slug, nomination.need_id])
    for to in officers_of(network):
        notify(
            to=to,
            kind=f"nominations.{verb}",
            subject=f"Une personne proposée : {nomination.need.title}",
            body=f"{nomination.employer.name} : {text}",
            about=nomination.need,
            url=url,
        )


def notify_employer(nomination: Nomination, verb: str, text: str) -> None:
    """Notify the employer of the person's answer, in its daily digest, without the name."""
    url = reverse("nominations:employeur_wanted", args=[nomination.employer.slug])
    for to in addresses_of(nomination.employer):
        notify(
            to=to,
            kind=f"nominations.{verb}",
            subject=f"La personne que vous avez proposée : {nomination.need.title}",
            body=text,
            about=nomination.need,
            url=url,
        )
