"""Form fields shared by several packages."""

from typing import Any

from django import forms
from django.db.models import Model
from django.utils.text import capfirst


def column(model: type[Model], name: str) -> Any:
    """Return the model field `name`, whose `formfield()` has its label, help text and length."""
    return model._meta.get_field(name)


def label_of(model: type[Model], name: str) -> str:
    """Return the label of the model field `name`, for a form field that is declared by hand."""
    return str(capfirst(column(model, name).verbose_name))


class DayInput(forms.DateInput):
    """A date input, for which the browser opens its calendar; dates are in ISO format."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class AmountField(forms.DecimalField):
    """A field for an amount as people write it: « 1 200,50 », « 1200.5 € »."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"localize": True, **kwargs})

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = "".join(value.replace("€", "").split()).replace(".", ",")
        return super().to_python(value)


class JoinedInput(forms.HiddenInput):
    """A hidden input for a list of codes joined by commas, sent even when the list is empty."""

    def format_value(self, value: Any) -> str:
        return ",".join(value or ())

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return [code for code in data.get(name, "").split(",") if code]


class LinesField(forms.CharField):
    """A field for a list of short texts, one per line and cut to 80 characters.

    Blank and repeated lines are dropped.
    """

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        lines = str(super().clean(value) or "").splitlines()
        return list(dict.fromkeys(line.strip()[:80] for line in lines if line.strip()))
