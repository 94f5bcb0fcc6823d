"""The adapters through which the sign-in library calls the application."""

import secrets
from base64 import b32encode
from typing import Any
from urllib.parse import urlsplit

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from explor.ground.encryption.cipher import UnreadableValue
from explor.ground.encryption.ring import RingFault
from explor.ground.http import errors
from explor.ground.http.limits import network_of
from explor.ground.ui import hooks

from .. import actions, emails
from ..actions.failures import note_failure
from ..selectors import FACTOR_SECRETS

logger = structlog.get_logger(__name__)
# The messages that anybody may have sent to the address that they type.
OPEN_TO_ANYBODY = frozenset(
    "login_code unknown_account password_reset_key account_already_exists email_confirmation"
    " email_confirmation_signup".split()
)


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
        """Save the message to `email` in the outbox instead of sending it during the request.

        Its links lead to the public address of the site, whatever host the request names.

        Raises:
            ImmediateHttpResponse: too many messages were wanted for this address.
        """
        kind = template_prefix.rpartition("/")[2]
        if kind in OPEN_TO_ANYBODY:
            self._require_few(email)
        links = {
            name: _public(url) for name, url in context.items() if url and name.endswith("_url")
        }
        mail = self.render_mail(template_prefix, email, context | links)
        emails.sign_in_message(to=email, kind=kind, subject=mail.subject, body=mail.body)

    def _require_few(self, email: str) -> None:
        """Refuse the sixth message in a minute to an address, sent for one IP address or network.

        The library counts by address alone, which would let a stranger lock its owner out.
        """
        request = current.request
        key = f"{email.lower()} {network_of(self.get_client_ip(request))}"
        if not ratelimit.consume(request, action="send_message", key=key):
            raise ImmediateHttpResponse(errors.too_many(request))

    def send_account_already_exists_mail(self, email: str) -> None:
        """Notify the owner of the address, after the work that a new account would have cost.

        Without the digest of a password, the time of the answer would tell that the account exists.
        """
        if password := current.request.POST.get("password1"):
            make_password(password)
        super().send_account_already_exists_mail(email)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Return the page of the service by which the person signed in, or the home page."""
        pages = (page(request) for page in hooks.get("sign-out pages"))
        home: str = super().get_logout_redirect_url(request)
        return next(filter(None, pages), home)

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
        else:
            note_failure(email=credentials.get("email", ""))
        return person

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Require from somebody who signs in by codes alone that they signed in recently.

        The library knows no way to ask them anything, hence lets them pass.
        """
        required: bool = super().is_reauthentication_required(app=app, **kwargs)
        request = current.request
        if required and not super().get_reauthentication_methods(request.user):
            age = timezone.now().timestamp() - request.session.get("opened_at", 0)
            if age > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
                raise ReauthenticationRequired
        return required

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Add the page that asks to sign in again, for somebody who signs in by codes alone."""
        known: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        again = {"id": "sign_in", "description": "Se connecter de nouveau"}
        return known or [again | {"url": reverse("accounts:sign_in_again")}]

    def _rollback_login_failed_rl_usage(self) -> None:
        """Do nothing: `pre_authenticate` counts the attempts instead of the library."""

    def _counted(self, request: HttpRequest, credentials: dict[str, Any]) -> dict[str, str]:
        address = network_of(self.get_client_ip(request))
        return {"email": credentials.get("email", ""), "address": address}


def _public(url: Any) -> str:
    return f"{settings.EXPLOR_URL}{urlsplit(str(url)).path}"


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Adapter of the second factors: their secrets are encrypted, each for its person."""

    def encrypt(self, text: str) -> str:
        return FACTOR_SECRETS.unsaved(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret; in the place of one that cannot be read, another that nobody knows.

        No code is right for it, and the other second factors of the person still serve.
        """
        try:
            return FACTOR_SECRETS.text_of(encrypted_text)
        except (UnreadableValue, RingFault) as fault:
            person = getattr(encrypted_text, "owner", 0)
            place = FACTOR_SECRETS.place_of(person)
            logger.error("unreadable_value", place=place, reason=str(fault))
            return b32encode(secrets.token_bytes(20)).decode()
