"""Form fields shared by several packages, and the limits of all dates and numbers."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.encoding import punycode
from django.utils.text import capfirst

from explor.engines.french.amounts import read_amount
from explor.engines.french.dates import read_day


def column(model: type[models.Model], name: str) -> Any:
    """Return the model field `name`, whose `formfield()` has its label, help text and length."""
    return model._meta.get_field(name)


def label_of(model: type[models.Model], name: str) -> str:
    """Return the label of the model field `name`, to reuse it in a form field."""
    return str(capfirst(column(model, name).verbose_name))


class DayInput(forms.DateInput):
    """A date input with the calendar of the browser; its value is in ISO format."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """Widget for a date and a time to the minute, in Paris time."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


Day = date | Callable[[], date]
EARLIEST = date(2000, 1, 1)


def in_ten_years() -> date:
    """Return the day ten years after today, the default upper limit of date fields."""
    return timezone.localdate() + timedelta(days=3653)


class _Between(forms.Field):
    """Base of date fields, which refuses a value before `earliest` or after `latest`."""

    def __init__(self, *, earliest: Day = EARLIEST, latest: Day = in_ten_years, **kw: Any) -> None:
        super().__init__(**kw)
        self.earliest, self.latest = earliest, latest

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if typed in self.empty_values:
            return typed
        first, last = (each() if callable(each) else each for each in (self.earliest, self.latest))
        day = typed.date() if isinstance(typed, datetime) else typed
        if not first <= day <= last:
            raise forms.ValidationError(
                f"Donnez une date du {first:%d/%m/%Y} au {last:%d/%m/%Y}.", code="bounds"
            )
        return typed


class DayField(_Between, forms.DateField):
    """Form field for a day, by default from 2000 to ten years after today."""

    default_error_messages: ClassVar = {"invalid": "Écrivez une date, comme 31/03/2027."}
    widget = DayInput

    def to_python(self, value: Any) -> Any:
        try:
            part, remarks = read_day(value) if isinstance(value, str) else (None, ())
        except ValueError:
            part, remarks = None, ()
        doubtful = any(each.endswith("vérifiez") for each in remarks)
        return part.first() if part and part.day and not doubtful else super().to_python(value)


class MomentField(_Between, forms.DateTimeField):
    """Form field for a date and time in Paris, by default from 2000 to ten years after today."""

    default_error_messages: ClassVar = {
        "invalid": "Écrivez une date et une heure, comme 31/03/2027 09:30.",
        "changing": "Cette nuit-là on change d’heure : cette heure existe deux fois, ou pas du "
        "tout. Écrivez 01:59 ou 03:00.",
    }
    widget = MomentInput

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except forms.ValidationError as fault:
            if fault.code != "ambiguous_timezone":
                raise
            message = self.error_messages["changing"]
            raise forms.ValidationError(message, code="changing") from fault


CENTS = 2  # decimals of an amount in euros
SMALL, BIG = 32_767, 2_147_483_647  # the largest values of the database's integer columns


def writable(address: str) -> None:
    """Validate that the domain of an e-mail address can be written in ASCII.

    Raises:
        ValidationError: the domain cannot be written in ASCII.
    """
    try:
        punycode(address.rpartition("@")[2])
    except UnicodeError as fault:
        raise forms.ValidationError(
            "Aucun courriel ne peut partir vers cette adresse : relisez ce qui suit le @.",
            code="unwritable",
        ) from fault


class EmailField(forms.EmailField):
    """Form field for an e-mail address, no longer than the database columns."""

    def __init__(self, *, max_length: int = 254, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.validators = [*self.validators, writable]


class NumberField(forms.IntegerField):
    """Form field for an integer, by default from 0 to the maximum of a small integer column."""

    default_error_messages: ClassVar = {"invalid": "Écrivez un nombre entier, comme 12."}

    def __init__(self, *, min_value: int = 0, max_value: int = SMALL, **kwargs: Any) -> None:
        super().__init__(min_value=min_value, max_value=max_value, **kwargs)


class AmountField(forms.DecimalField):
    """Form field for an amount in euros in usual French notation: « 1 200,50 », « 12,5 k€ »."""

    default_error_messages: ClassVar = {
        "invalid": "Écrivez un montant, comme 1 200,50.",
        "currency": "Écrivez un montant en euros, comme 1 200,50.",
        "min_value": "Un montant ne peut pas être négatif.",
    }

    def __init__(self, **kwargs: Any) -> None:
        bounds = {"min_value": 0, "max_digits": 12, "decimal_places": 2}
        super().__init__(**{"localize": True, **bounds, **kwargs})

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        if self.decimal_places != CENTS:  # a rate or a score, not an amount
            return super().to_python("".join(value.split()).replace(".", ","))
        try:
            amount = read_amount(value, strict=True)
        except ValueError as fault:
            raise self._refused(value, str(fault)) from fault
        if amount.currency not in (None, "EUR"):
            raise forms.ValidationError(self.error_messages["currency"], code="currency")
        return amount.value

    def _refused(self, text: str, reason: str) -> forms.ValidationError:
        """Return the error for a text: its two possible readings if ambiguous, else an example."""
        if re.match(r"\s*[-−–]\s*[0-9]", text):
            return forms.ValidationError(self.error_messages["min_value"], code="min_value")
        example = self.error_messages["invalid"]
        ambiguous = "deux façons" in reason
        return forms.ValidationError(f"{reason}." if ambiguous else example, code="invalid")


def bounded(column: Any, **given: Any) -> Any:
    """Return the form field of a model field, with the limits of a date, a number or an address.

    Model forms use this function as `Meta.formfield_callback`.
    """
    if isinstance(column, models.DateTimeField):
        given = {"form_class": MomentField, **given}
    elif isinstance(column, models.DateField):
        given = {"form_class": DayField, **given}
    elif isinstance(column, models.DecimalField):
        given = {"form_class": AmountField, **given}
    elif isinstance(column, models.EmailField):
        given = {"form_class": EmailField, **given}
    elif isinstance(column, models.IntegerField) and not column.choices:
        small = isinstance(column, models.SmallIntegerField | models.PositiveSmallIntegerField)
        given = {"form_class": NumberField, "max_value": SMALL if small else BIG, **given}
    return column.formfield(**given)


class JoinedInput(forms.HiddenInput):
    """A hidden input for a list of codes joined by commas, sent even when the list is empty."""

    def format_value(self, value: Any) -> str:
        return ",".join(value or ())

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return [code for code in data.get(name, "").split(",") if code]


class LinesField(forms.CharField):
    """Form field for a list of short texts, one per line, each cut to 80 characters.

    Blank and repeated lines are dropped.
    """

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        lines = str(super().clean(value) or "").splitlines()
        return list(dict.fromkeys(line.strip()[:80] for line in lines if line.strip()))
