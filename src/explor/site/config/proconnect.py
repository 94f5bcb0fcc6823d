"""The settings of ProConnect, empty unless an installation names its server."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

SCOPES = ["openid", "email", "given_name", "usual_name"]
LEVEL = "eidas1"  # of assurance, the only one that ProConnect offers to every identity provider


def providers(env: Mapping[str, str]) -> dict[str, Any]:
    """Return the providers of the sign-in library; none without `EXPLOR_PROCONNECT_URL`.

    ProConnect has verified the addresses that it gives, hence they open an existing account.
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
    """Return the origin of ProConnect, to which the form of sign-out leads, or nothing."""
    parts = urlsplit(env.get("EXPLOR_PROCONNECT_URL", ""))
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []
