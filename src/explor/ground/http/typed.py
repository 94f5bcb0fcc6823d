"""What was typed in a form, shown back to its author by a page that cannot display the form."""

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
    """Declare the form of a page, whose labels a page of error then shows."""

    def decorate(view: View) -> View:
        view.form = form  # type: ignore[attr-defined]
        return view

    return decorate


def typed_values(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the (label, value) pairs typed in the form, so that its author can copy them."""
    sent = [(name, each) for name, values in request.POST.lists() for each in values]
    return described(request.path_info, sent)


def described(path: str, fields: Iterable[tuple[str, Any]]) -> list[tuple[str, str]]:
    """Return the (label, value) pairs of the (name, value) pairs sent to `path`.

    A label is "" where the form of the page, or the field, is not known: a name is no label. The
    hidden fields and the blanks are left out. No query runs.
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
    """Return the words of the choices made, in place of their codes."""
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        choices: Any = field.choices
        flat: Iterable[tuple[Any, Any]] = flatten_choices(choices)
        words = {str(code): str(word) for code, word in flat}
        return ", ".join(words.get(each, each) for each in values)
    if isinstance(field, forms.BooleanField):
        return "oui"
    return "\n".join(values)


def _form_at(path: str) -> Any:
    """Return the class of the form of a page that declares it, as the page of a verb does."""
    try:
        view = resolve(path).func
    except Resolver404:
        return None
    return getattr(getattr(view, "verb", None), "form", None) or getattr(view, "form", None)
