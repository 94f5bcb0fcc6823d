"""The values typed in a form, shown back to its author by an error page."""

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.choices import flatten_choices

# Technical fields of a form, not shown back to the user.
HIDDEN = ("csrfmiddlewaretoken", "version", "first_version", "idempotency_key")
SECRET = re.compile(r"password|^code$")  # never shown back
View = TypeVar("View", bound=Callable)  # type: ignore[type-arg]


def fills(form: type[forms.Form]) -> Callable[[View], View]:
    """Declare the form class of a view, so that an error page can show the labels of its fields."""

    def decorate(view: View) -> View:
        view.form = form  # type: ignore[attr-defined]
        return view

    return decorate


def typed_values(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the (label, value) pairs of a submitted form, so that its author can copy them."""
    sent = [(name, each) for name, values in request.POST.lists() for each in values]
    return described(request.path_info, sent)


def described(path: str, fields: Iterable[tuple[str, Any]]) -> list[tuple[str, str]]:
    """Convert the (name, value) pairs submitted to `path` to (label, value) pairs in French.

    The label is "" when the form of the page or the field is unknown. Hidden fields, secrets and
    blank values are left out. No query is run.
    """
    given: dict[str, list[str]] = {}
    for name, value in fields:
        if value and name not in HIDDEN and not SECRET.search(name):
            given.setdefault(name, []).append(value)
    form, pairs = _form_at(path), []
    for name, values in given.items():
        field = form.field_named(name) if form else None
        if field is None:
            pairs.append(("", "\n".join(values)))
        elif not field.widget.is_hidden:
            pairs.append((str(field.label or ""), _shown(field, values)))
    return pairs


def _shown(field: forms.Field, values: list[str]) -> str:
    """Return the labels of the chosen values of a field, in place of their codes."""
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        choices: Any = field.choices
        flat: Iterable[tuple[Any, Any]] = flatten_choices(choices)
        words = {str(code): str(word) for code, word in flat}
        return ", ".join(words.get(each, each) for each in values)
    if isinstance(field, forms.BooleanField):
        return "oui"
    return "\n".join(values)


def _form_at(path: str) -> Any:
    """Return the form class that the view at `path` declares, or that of its verb; else None."""
    try:
        view = resolve(path).func
    except Resolver404:
        return None
    return getattr(getattr(view, "verb", None), "form", None) or getattr(view, "form", None)
