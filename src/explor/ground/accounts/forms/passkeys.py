"""The form that adds an access key, apart: the library imports the other forms before its own."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import AddWebAuthnForm


class AddKeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """Form that adds an access key; what no key has answered is refused, not an error."""

    def clean(self) -> dict[str, Any]:
        try:
            typed: dict[str, Any] = super().clean()
        except (KeyError, ValueError) as unread:
            raise get_adapter().validation_error("incorrect_code") from unread
        return typed
