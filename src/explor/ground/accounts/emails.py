"""Messages about accounts: all go through the outbox, and forget what they carried."""

from typing import Any

from explor.ground.mail.actions import notify

from .models import Invitation


def account_told(*, to: str, kind: str, subject: str, body: str) -> None:
    """What sign-in writes: a code, a link, an alert."""
    notify(to=to, kind=f"account.{kind}", subject=subject, body=body, urgent=True, secret=True)


def invited(invitation: Invitation, *, url: str, by: str, to_what: str) -> None:
    """Someone is invited to wear a role."""
    notify(
        secret=True,
        to=invitation.email,
        kind="accounts.invite",
        subject=f"{by} vous invite dans Explor",
        body=(
            f"Bonjour,\n\n{by} vous invite à rejoindre {to_what} dans Explor.\n\n"
            "Ce lien est personnel ; il sert une fois, pendant quatorze jours."
        ),
        url=url,
        urgent=True,
    )


def link_sent(*, to: str, subject: str, body: str, url: str, about: Any) -> None:
    """Someone without account receives their personal link."""
    notify(
        secret=True,
        to=to,
        kind="accounts.open_link",
        subject=subject,
        body=body,
        url=url,
        about=about,
        urgent=True,
    )
