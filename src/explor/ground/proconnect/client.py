"""The client of ProConnect, which differs from the OpenID Connect client of allauth."""

from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare

NONCE = "proconnect_nonce"
OPENED = "proconnect_opened"  # required to sign out of ProConnect


class Client(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Client of ProConnect for one request.

    ProConnect returns user information as a signed token, where allauth expects JSON, and requires
    a nonce, which allauth does not send.
    """

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, "proconnect")

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return request.build_absolute_uri(reverse("proconnect:callback"))

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """Return the sign-in of the person identified by a signed identity token.

        Raises:
            OAuth2Error: the token is missing or invalid, or the user information is about another
                person.
        """
        identity = self._decode_id_token(app, kwargs["response"].get("id_token", ""))
        known = self._fetch_user_info(token.token)
        if known.get("sub") != identity["sub"]:
            raise OAuth2Error("the user information is not that of the identity token")
        data = {"userinfo": known, "id_token": identity}
        return self.get_provider().sociallogin_from_response(request, data)

    def _fetch_user_info(self, access_token: str) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {access_token}"}
        with get_adapter().get_requests_session() as session:
            response = session.get(self.profile_url, headers=headers)
            response.raise_for_status()
        if response.headers["content-type"].startswith("application/json"):
            return dict(response.json())
        return self._verified(response.text)

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        """Verify the signature and the nonce of the identity token; return its contents.

        The token is kept in the session, to sign out later. `app` is unused.

        Raises:
            OAuth2Error: the token is not signed by ProConnect for this site and this session.
        """
        data = self._verified(id_token)
        expected = self.request.session.pop(NONCE, "")
        if not expected or not constant_time_compare(data.get("nonce", ""), expected):
            raise OAuth2Error("the nonce of the identity token is not the one sent")
        end = self.openid_config.get("end_session_endpoint", "")
        self.request.session[OPENED] = {"id_token": id_token, "end": end}
        return data

    def _verified(self, token: str) -> dict[str, Any]:
        config, app = self.openid_config, self.get_provider().app
        if config["issuer"].rstrip("/") != app.settings["server_url"].rstrip("/"):
            raise OAuth2Error("the issuer is not the server of the settings")
        return dict(
            jwtkit.verify_and_decode(
                credential=token,
                keys_url=config["jwks_uri"],
                issuer=config["issuer"],
                audience=app.client_id,
                lookup_kid=jwtkit.lookup_kid_jwk,
            )
        )
