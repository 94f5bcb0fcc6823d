"""The form that changes a person's e-mail address.

It has its own module to avoid an import cycle: allauth imports `forms`, and this form allauth.
"""

from typing import Any

from allauth.account.forms import AddEmailForm


class AddressForm(AddEmailForm):  # type: ignore[misc]
    """Form that adds an e-mail address, with the same label as the other forms."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "Adresse électronique"
