"""Base classes of forms, which validate, never save, and set a status; helpers and validators."""

import re
import uuid
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, cast

from django import forms
from django.db import models

from explor.ground.http.exceptions import ActionNotAllowed

from .amounts import counted

# No browser sends a line break or control character from a single-line field.
UNSEEN = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
# Invisible direction marks, which address books copy with a number or a name.
TURNS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
OWN_FIELDS = ("version", "idempotency_key")
LONGEST = 50_000  # maximum length of a text without its own limit: about fifteen pages


def idempotency_key_field() -> forms.UUIDField:
    """Return the hidden field of the idempotency key, by which a form submitted twice acts once."""
    return forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)


def set_choices(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Set the choices of the form field `name` when they depend on the request."""
    cast(forms.ChoiceField, form.fields[name]).choices = list(choices)


def set_queryset(form: forms.Form, name: str, queryset: models.QuerySet[Any]) -> None:
    """Set the rows offered by the form field `name` when they depend on the request."""
    cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = queryset


def needed_if(form: forms.Form, name: str, when: str) -> None:
    """Show beside the label when a field is required (`when`, in French), not « facultatif »."""
    form.fields[name].needed = when  # type: ignore[attr-defined]


def one_line(value: object) -> None:
    """Validate a single-line text: refuse line breaks, which could forge lines of a message.

    Raises:
        ValidationError: the text has a line break or another invisible character.
    """
    if UNSEEN.search(str(value)):
        raise forms.ValidationError("Écrivez ce texte sur une seule ligne.", code="lines")


def not_endless(value: object) -> None:
    """Validate the length of a text: refuse one too long for a page, message or document.

    Raises:
        ValidationError: the text has more than `LONGEST` characters.
    """
    if (size := len(str(value))) > LONGEST:
        raise forms.ValidationError(
            f"Ce texte compte {counted(size, 'caractère')} : "
            f"raccourcissez-le à {counted(LONGEST, 'caractère')}.",
            code="endless",
        )


def _unturned(to_python: Callable[[Any], Any], value: Any) -> Any:
    """Remove invisible direction marks from a typed text, then convert it with `to_python`."""
    return to_python(TURNS.sub("", value) if isinstance(value, str) else value)


class BaseForm(forms.Form):
    """Base class of all forms. `status` is the HTTP status of the page that renders the form.

    The browser saves typed values that are not submitted yet, unless the form is `undrafted`.
    """

    status = 200
    undrafted = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and isinstance(field.widget, forms.TextInput):
                field.validators = [*field.validators, one_line]
                field.to_python = partial(_unturned, field.to_python)  # type: ignore[method-assign]

    def full_clean(self) -> None:
        """Validate the submitted data; a text without its own limit is limited to `LONGEST`."""
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and field.max_length is None:
                field.validators = [*field.validators, not_endless]
        super().full_clean()

    @classmethod
    def field_named(cls, name: str) -> forms.Field | None:
        """Return a declared field of the form class; None if there is no field of that name."""
        return cls.base_fields.get(name)

    def refuse(self, refusal: ActionNotAllowed) -> None:
        """Show the reasons of a refused action, with status 409; keep the typed values."""
        for reason in filter(None, refusal.reasons):
            self.add_error(None, reason)
        self.status = 409

    @property
    def values(self) -> dict[str, Any]:
        """Return the cleaned data to pass to an action, without technical fields."""
        return {k: v for k, v in self.cleaned_data.items() if k not in OWN_FIELDS}


class ChangedField(forms.BoundField):
    """A bound field whose originally displayed value is sent in a hidden, inaccessible input."""

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        if widget and widget.is_hidden:
            built.pop("aria-describedby", None)
        return built


class ChangesForm(BaseForm):
    """Form that edits a row without version; hidden inputs keep the values that the page showed.

    An action that saves only `changes` does not overwrite fields that somebody else changed
    meanwhile.
    """

    bound_field_class = ChangedField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.show_hidden_initial = name not in OWN_FIELDS

    @property
    def changes(self) -> dict[str, Any]:
        """Return {field name: value} for the values that differ from those shown on the page."""
        return {name: value for name, value in self.values.items() if name in self.changed_data}


class CreateForm(BaseForm):
    """Form whose action runs once even if submitted twice, for instance to create a row."""

    idempotency_key = idempotency_key_field()
