"""What every request carries, and what every refusal becomes."""

from collections.abc import Callable
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from . import errors
from .actor import PUBLIC
from .conflict import Refused
from .hats import hats_of

Answer = Callable[[HttpRequest], HttpResponse]


class Bearing:
    """Give each request its hats and its actor, and turn refusals into pages that help.

    A `Refused` that no form caught becomes a 409 page that shows again what was typed; a database
    that is away becomes 503 with Retry-After.
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
        """Answer 409 and 503; leave the rest to Django."""
        if isinstance(exception, Refused):
            return errors.conflict(request, exception)
        if isinstance(exception, OperationalError | InterfaceError):
            return errors.unavailable(request, exception)
        return None
