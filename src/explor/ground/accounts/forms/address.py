"""The form that changes one's address, apart: the library imports the other forms first."""

from typing import Any

from allauth.account.forms import AddEmailForm


class AddressForm(AddEmailForm):  # type: ignore[misc]
    """Form that asks for a new address, in the word of every other form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "Adresse électronique"
