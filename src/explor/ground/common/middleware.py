"""What every request carries, and what every refusal becomes."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from . import errors
from .actor import PUBLIC
from .conflict import Refused
from .hats import hats_of
from .views import already

PATIENCE = 1.0  # seconds: a second press of one form waits for the first to be led somewhere
Answer = Callable[[HttpRequest], HttpResponse]


class Bearing:
    """Give each request its hats and its actor, and turn refusals into pages that help.

    A `Refused` that no form caught becomes a 409 page that shows again what was typed, unless the
    same form was just accepted; a database that is away becomes 503 with Retry-After.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):
            return errors.bad_request(request)  # PostgreSQL keeps no such character
        request.hat, request.actor = None, PUBLIC  # type: ignore[attr-defined]
        request.hats = SimpleLazyObject(lambda: hats_of(request.user))  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> Any:
        """Lead a second press where the first led; answer 409 and 503; leave the rest to Django."""
        refused = isinstance(exception, Refused | PermissionDenied | Http404)
        worn: Any = getattr(request, "hat", None)
        if refused and worn and (url := already(request, patience=PATIENCE)):
            return redirect(url)
        if isinstance(exception, Refused):
            return errors.conflict(request, exception)
        if isinstance(exception, OperationalError | InterfaceError):
            return errors.unavailable(request, exception)
        return None
