"""Access to views: public views, private links, and the refusal of a permission.

Every view that is not public requires a signed-in person.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

View = TypeVar("View", bound=Callable)  # type: ignore[type-arg]

PUBLIC_VIEWS: set[str] = set()


def public(view: View) -> View:
    """Open `view` to anyone, and record it for the architecture test that lists public views."""
    PUBLIC_VIEWS.add(f"{view.__module__}.{view.__qualname__}")
    return login_not_required(view)


def private_link(view: View) -> View:
    """Decorate the view of a secret URL to keep it out of caches, search engines and referrers."""

    @wraps(view)
    def private(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = view(request, *args, **kwargs)
        response["X-Robots-Tag"], response["Referrer-Policy"] = "noindex", "same-origin"
        return response

    private.is_private_link = True  # type: ignore[attr-defined]  # read by tests
    return cast("View", never_cache(private))


def require(allowed: bool) -> None:
    """Raise PermissionDenied (403) unless `allowed`; views call it after `visible_to` (404)."""
    if not allowed:
        raise PermissionDenied
