"""Access to views: each requires a signed-in person unless it is decorated with `@public`."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied

View = TypeVar("View", bound=Callable)  # type: ignore[type-arg]

PUBLIC_VIEWS: set[str] = set()


def public(view: View) -> View:
    """Open `view` to anyone, and record it for the architecture test that lists public views."""
    PUBLIC_VIEWS.add(f"{view.__module__}.{view.__qualname__}")
    return login_not_required(view)


def require(allowed: bool) -> None:
    """Raise PermissionDenied (403) unless `allowed`; views call it after `visible_to` (404)."""
    if not allowed:
        raise PermissionDenied
