"""Middleware that checks a request before the view: method, rate limit, idempotency key, ids."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from . import errors, limits, replay
from .bounds import LARGEST_ID

GetResponse = Callable[[HttpRequest], HttpResponse]
# Forms of allauth, which has its own limits, and whose codes and passwords serve only once.
SIGN_IN = "allauth."
METHODS = ("GET", "HEAD", "POST", "OPTIONS")


class GateMiddleware:
    """Middleware that refuses a request before the view when no view could handle it.

    It answers 405 to an unknown HTTP method, 404 to a primary key out of range, 429 above a rate
    limit. A form without idempotency key is shown back with a new one. A form that was already
    accepted is redirected to the URL of the first submission. On the page of a role,
    `role_required` redirects instead, once it has checked the role.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if any(isinstance(value, int) and value > LARGEST_ID for value in kwargs.values()):
            raise Http404
        if (kind := limits.kind_of(request, view)) and (
            wait := limits.seconds_to_wait(request, kind)
        ):
            return errors.too_many(request, wait)
        if request.method != "POST" or not needs_key(view):
            return None
        if replay.idempotency_key_of(request) is None:
            return errors.key_missing(request)
        # The view of a role checks the role first.
        return None if hasattr(view, "role_type") else replay.redirect_if_replayed(request)


def needs_key(view: Callable[..., Any]) -> bool:
    """Return whether the forms of a view must have an idempotency key."""
    return not (view.__module__.startswith(SIGN_IN) or hasattr(view, "repeatable"))
