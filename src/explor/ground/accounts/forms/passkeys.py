"""The form that adds a passkey (WebAuthn).

It has its own module to avoid an import cycle: allauth imports `forms`, and this form allauth.
"""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import AddWebAuthnForm


class AddKeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """Form that adds a passkey; it shows an error when the answer of the browser is malformed."""

    def clean(self) -> dict[str, Any]:
        try:
            typed: dict[str, Any] = super().clean()
        except (KeyError, ValueError) as unread:
            raise get_adapter().validation_error("incorrect_code") from unread
        return typed
