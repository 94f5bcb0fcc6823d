"""Give each request its roles and its actor, and answer refusals with a page."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from explor.ground.http import errors
from explor.ground.http.actor import PUBLIC
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.replay import redirect_if_replayed

from .registry import roles_of

PATIENCE = 1.0  # seconds: how long a second press of a form waits for the answer to the first
GetResponse = Callable[[HttpRequest], HttpResponse]


class RoleMiddleware:
    """Set `request.role`, `request.actor` and `request.roles`; answer refusals.

    An `ActionNotAllowed` that no form caught becomes a 409 page that shows again what was typed,
    unless the same form was just accepted; a database that is away becomes 503 with Retry-After.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):
            return errors.bad_request(request)  # PostgreSQL stores no null character
        request.role, request.actor = None, PUBLIC  # type: ignore[attr-defined]
        request.roles = SimpleLazyObject(lambda: roles_of(request.user))  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Redirect a second press where the first led; answer 409 and 503; else leave to Django."""
        refused = isinstance(exception, ActionNotAllowed | PermissionDenied | Http404)
        if refused and getattr(request, "role", None):
            response = redirect_if_replayed(request, patience=PATIENCE)
            if response:
                return response
        if isinstance(exception, ActionNotAllowed):
            return errors.conflict(request, exception)
        if isinstance(exception, OperationalError | InterfaceError):
            return errors.unavailable(request, exception)
        return None
