"""The base of our forms: they parse, never save, and give the status of their page."""

import uuid
from typing import Any

from django import forms

from explor.ground.http.exceptions import ActionNotAllowed

OWN_FIELDS = ("version", "idempotency_key")


def idempotency_key_field() -> forms.UUIDField:
    """Return the hidden field that makes a form act once: see `submit.submit`."""
    return forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)


class BaseForm(forms.Form):
    """Any form of the site. `status` is the HTTP status of the page that draws it."""

    status = 200

    def refuse(self, refusal: ActionNotAllowed) -> None:
        """Show why the act was refused, with status 409 and everything typed kept."""
        for reason in filter(None, refusal.reasons):
            self.add_error(None, reason)
        self.status = 409

    @property
    def values(self) -> dict[str, Any]:
        """Return what was typed without the form's own hidden fields: the arguments of a verb."""
        return {k: v for k, v in self.cleaned_data.items() if k not in OWN_FIELDS}


class CreateForm(BaseForm):
    """A form that creates: sent twice, it creates once."""

    idempotency_key = idempotency_key_field()
