"""Messages about accounts; those of sign-in go through the outbox like all others."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from explor.ground.messaging.actions import tell

from .models import Invitation


class Adapter(DefaultAccountAdapter):
    """What allauth asks of us. Sign-up is open: an account without a hat opens nothing."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return True

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write allauth's message to the outbox instead of sending it during the request."""
        mail = self.render_mail(template_prefix, email, context)
        kind = f"account.{template_prefix.rpartition('/')[2]}"
        tell(to=email, kind=kind, subject=mail.subject, body=mail.body, urgent=True)


def invited(invitation: Invitation, *, url: str, by: str, to_what: str) -> None:
    """Someone is invited to wear a hat."""
    tell(
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
    tell(
        to=to,
        kind="accounts.open_link",
        subject=subject,
        body=body,
        url=url,
        about=about,
        urgent=True,
    )
