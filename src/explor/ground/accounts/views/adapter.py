"""The adapters through which allauth, the sign-in library, calls this application."""

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
from explor.ground.encryption.ring import RingError
from explor.ground.http import errors
from explor.ground.http.limits import network_of
from explor.ground.ui import hooks

from .. import actions, emails
from ..actions.failures import record_failure
from ..selectors import FACTOR_SECRETS

logger = structlog.get_logger(__name__)
# The messages that anybody can trigger by typing the address of somebody else.
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

        Its links use the public address of the site, whatever the `Host` header says.

        Raises:
            ImmediateHttpResponse: too many messages were requested for this address.
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
        """Raise above five messages a minute to an address requested from one IP address.

        An IPv6 network counts as one address. allauth counts by recipient alone, which would let a
        stranger lock the owner out.

        Raises:
            ImmediateHttpResponse: the limit is reached.
        """
        request = current.request
        key = f"{email.lower()} {network_of(self.get_client_ip(request))}"
        if not ratelimit.consume(request, action="send_message", key=key):
            raise ImmediateHttpResponse(errors.too_many(request))

    def send_account_already_exists_mail(self, email: str) -> None:
        """Notify the owner of an address that somebody tried to sign up with it.

        First hash a password as a new account would, so that the response time does not reveal that
        the account exists.
        """
        if password := current.request.POST.get("password1"):
            make_password(password)
        super().send_account_already_exists_mail(email)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Return the URL to show after sign-out: the identity provider's, or the home page."""
        pages = (page(request) for page in hooks.get("sign-out pages"))
        home: str = super().get_logout_redirect_url(request)
        return next(filter(None, pages), home)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the password attempt; refuse the sixth in 15 minutes from one IP address.

        allauth counts by account alone, which would let a stranger lock anybody out.

        Raises:
            ValidationError: the attempt is refused.
        """
        if not actions.count_try(**self._counted(request, credentials)):
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        person = super().authenticate(request, **credentials)
        if person:
            actions.forget_tries(**self._counted(request, credentials))
        else:
            record_failure(email=credentials.get("email", ""))
        return person

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Return whether the person must sign in again before a sensitive change.

        allauth has no method for a person who signs in by codes alone and lets them pass: this
        override requires a recent sign-in.

        Raises:
            ReauthenticationRequired: such a person did not sign in recently.
        """
        required: bool = super().is_reauthentication_required(app=app, **kwargs)
        request = current.request
        if required and not super().get_reauthentication_methods(request.user):
            age = timezone.now().timestamp() - request.session.get("opened_at", 0)
            if age > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
                raise ReauthenticationRequired
        return required

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Return the ways to sign in again, with a page for persons who sign in by codes alone."""
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
    """Adapter of allauth for second factors; encrypts each secret and binds it to its person."""

    def encrypt(self, text: str) -> str:
        return FACTOR_SECRETS.unsaved(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return a decrypted secret, or a random one if it cannot be decrypted.

        No code matches a random secret, but the other second factors of the person keep working.
        """
        try:
            return FACTOR_SECRETS.text_of(encrypted_text)
        except (UnreadableValue, RingError) as fault:
            person = getattr(encrypted_text, "owner", 0)
            place = FACTOR_SECRETS.place_of(person)
            logger.error("unreadable_value", place=place, reason=str(fault))
            return b32encode(secrets.token_bytes(20)).decode()
