"""The form that adds an access key (WebAuthn), apart since allauth imports `forms` first."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import AddWebAuthnForm


class AddKeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """Form that adds an access key; shows an error when the answer of the browser is malformed."""

    def clean(self) -> dict[str, Any]:
        try:
            typed: dict[str, Any] = super().clean()
        except (KeyError, ValueError) as unread:
            raise get_adapter().validation_error("incorrect_code") from unread
        return typed
