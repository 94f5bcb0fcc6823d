"""What was typed in a form, shown back to its author by a page that cannot display the form."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest
from django.urls import Resolver404, resolve

# Technical fields of a form, not shown back to the user.
HIDDEN = ("csrfmiddlewaretoken", "version", "first_version", "idempotency_key")
SECRET = re.compile(r"password|^code$")  # never shown back
View = TypeVar("View", bound=Callable)  # type: ignore[type-arg]


def fills(form: type[forms.Form]) -> Callable[[View], View]:
    """Declare the form of a page, whose labels a page of error then shows."""

    def decorate(view: View) -> View:
        view.form = form  # type: ignore[attr-defined]
        return view

    return decorate


def typed_values(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the (label, value) pairs typed in the form, so that its author can copy them."""
    return described(request.path_info, list(request.POST.items()))


def described(path: str, fields: list[tuple[str, Any]]) -> list[tuple[str, str]]:
    """Return the (label, value) pairs of the (name, value) pairs sent to `path`.

    A label is "" where the form of the page, or the field, is not known: a name is no label. The
    hidden fields and the blanks are left out. No query runs.
    """
    form, pairs = _form_at(path), []
    for name, value in fields:
        if not value or name in HIDDEN or SECRET.search(name):
            continue
        field = form.field_named(name) if form else None
        if field is None:
            pairs.append(("", value))
        elif not field.widget.is_hidden:
            pairs.append((str(field.label or ""), _shown(field, value)))
    return pairs


def _shown(field: forms.Field, value: str) -> str:
    """Return the words of a choice in place of its code."""
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        flat = dict(field.choices)
        return str(flat.get(value, value))
    return "Oui" if isinstance(field, forms.BooleanField) and value == "on" else value


def _form_at(path: str) -> Any:
    """Return the class of the form of a page that declares it, as the page of a verb does."""
    try:
        view = resolve(path).func
    except Resolver404:
        return None
    return getattr(getattr(view, "verb", None), "form", None) or getattr(view, "form", None)
