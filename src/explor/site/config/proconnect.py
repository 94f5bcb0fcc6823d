"""The settings of ProConnect, empty unless the installation sets the URL of its server."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

SCOPES = ["openid", "email", "given_name", "usual_name"]
LEVEL = "eidas1"  # assurance level, the only one that every identity provider of ProConnect offers


def providers(env: Mapping[str, str]) -> dict[str, Any]:
    """Return the allauth settings of ProConnect, {} without `EXPLOR_PROCONNECT_URL`.

    ProConnect has verified its e-mail addresses, so they open an existing account.
    """
    if not (url := env.get("EXPLOR_PROCONNECT_URL", "")):
        return {}
    app = {
        "provider_id": "proconnect",
        "name": "ProConnect",
        "client_id": env.get("EXPLOR_PROCONNECT_ID", ""),
        "secret": env.get("EXPLOR_PROCONNECT_SECRET", ""),
        "settings": {
            "server_url": url,
            "scope": SCOPES,
            "auth_params": {"acr_values": LEVEL},
            "verified_email": True,
            "email_authentication": True,
        },
    }
    return {"proconnect": {"APPS": [app]}}


def origins(env: Mapping[str, str]) -> list[str]:
    """Return the origin of ProConnect, to which the sign-out form redirects, or []."""
    parts = urlsplit(env.get("EXPLOR_PROCONNECT_URL", ""))
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []
