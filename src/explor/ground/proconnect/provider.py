"""The provider ProConnect, loaded by allauth: OpenID Connect with the parameters it needs."""

from typing import Any

from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import get_random_string

from .client import NONCE, Client


class ProConnectProvider(OpenIDConnectProvider):  # type: ignore[misc]
    id = "proconnect"
    name = "ProConnect"
    oauth2_adapter_class = Client

    def get_login_url(self, request: HttpRequest, **kwargs: Any) -> str:
        return reverse("proconnect:login")

    def get_callback_url(self) -> str:
        return reverse("proconnect:callback")

    def get_oauth2_adapter(self, request: HttpRequest) -> Client:
        return Client(request)

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        """Return the scopes of the settings, so that a link cannot request more.

        `request` is unused.
        """
        return self.get_scope()  # type: ignore[no-any-return]

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        """Return the parameters of the settings, plus the nonce that ProConnect requires.

        `action` is unused.
        """
        request.session[NONCE] = get_random_string(32)
        return {**self.get_auth_params(), "nonce": request.session[NONCE]}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        known = data["userinfo"]
        names = (known.get("given_name", ""), known.get("usual_name", ""))
        return {"email": known.get("email"), "name": " ".join(filter(None, names))}

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return {}: the personal information from ProConnect is not stored with the account.

        `data` is unused.
        """
        return {}


provider_classes = [ProConnectProvider]
