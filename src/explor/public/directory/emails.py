"""Emails to people who follow a search of the directory."""

from typing import Any

from django.urls import reverse

from explor.ground.mail.actions import notify

from .models import Alert

NO_ACCOUNT = "Vous n’avez pas de compte et n’en avez pas besoin."


def confirm_following(alert: Alert) -> None:
    """Send an email that asks an address to confirm that it follows a search."""
    notify(
        to=alert.email,
        kind="follow",
        about=alert,
        subject="Confirmez la recherche à suivre",
        body=f"Quelqu’un, sans doute vous, demande à être prévenu des nouvelles fiches projet. "
        f"Confirmez avec le lien ci-dessous. {NO_ACCOUNT} Si ce n’est pas vous, ne faites rien : "
        "l’adresse sera effacée dans sept jours.",
        url=reverse("directory:followed", args=[alert.token]),
        urgent=True,
        secret=True,
    )


def news(alert: Alert, count: int, cards: list[dict[str, Any]]) -> None:
    """Email a follower the list of sheets published since their last email.

    Args:
        alert: the followed search.
        count: how many sheets were published.
        cards: the latest of these sheets, named in the email.
    """
    lines = "\n".join(f"- {card['title']} ({card['where'] or '--'})" for card in cards)
    if more := count - len(cards):
        lines += f"\n- et {more} autre{'s' if more > 1 else ''}"
    body = (
        f"Du nouveau dans la recherche que vous suivez :\n\n{lines}\n\n"
        "Le lien ci-dessous montre ces fiches, et arrête ces messages d’un clic."
    )
    notify(
        to=alert.email,
        kind="news",
        about=alert,
        subject="Nouvelles fiches projet",
        body=body,
        url=reverse("directory:followed", args=[alert.token]),
    )
