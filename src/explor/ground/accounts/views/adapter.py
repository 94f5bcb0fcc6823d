"""The adapter through which the sign-in library calls the application."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from .. import actions, emails


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Adapter of allauth; sign-up is open to anyone, since an account without role sees no data."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": (
            "Trop d’essais avec un mot de passe. Recevez plutôt un code par courriel, "
            "ou réessayez dans un quart d’heure."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return True

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Save the message to `email` in the outbox instead of sending it during the request."""
        mail = self.render_mail(template_prefix, email, context)
        kind = template_prefix.rpartition("/")[2]
        emails.sign_in_message(to=email, kind=kind, subject=mail.subject, body=mail.body)

    def send_account_already_exists_mail(self, email: str) -> None:
        """Notify the owner of the address, after the work that a new account would have cost.

        Without the digest of a password, the time of the answer would tell that the account exists.
        """
        super().send_account_already_exists_mail(email)
        if password := context.request.POST.get("password1"):
            make_password(password)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the password attempt; refuse the sixth in 15 minutes from one IP address.

        The library counts by account alone, which would let a stranger lock anybody out.
        """
        if not actions.count_try(**self._counted(request, credentials)):
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        person = super().authenticate(request, **credentials)
        if person:
            actions.forget_tries(**self._counted(request, credentials))
        return person

    def _rollback_login_failed_rl_usage(self) -> None:
        """Do nothing: `pre_authenticate` counts the attempts instead of the library."""

    def _counted(self, request: HttpRequest, credentials: dict[str, Any]) -> dict[str, str]:
        return {"email": credentials.get("email", ""), "address": self.get_client_ip(request)}
