"""Middleware that sets the roles and the actor of a request, and renders refusals as pages."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from explor.ground.http import errors
from explor.ground.http.actor import PUBLIC
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.outage import is_outage
from explor.ground.http.replay import redirect_if_replayed
from explor.ground.ui.refusals import note_refusal

from .registry import roles_of

PATIENCE = 1.0  # seconds that a second submission waits for the first
GetResponse = Callable[[HttpRequest], HttpResponse]


class RoleMiddleware:
    """Middleware that sets the roles and the actor of a request, and renders refusals as pages.

    `request.roles` holds the roles of the person. `request.role` is None and `request.actor` is
    `PUBLIC` until `role_required` sets them. An `ActionNotAllowed` that no form caught becomes a
    409 page with the typed values, unless the same form was just accepted; an unreachable database
    becomes 503 with Retry-After. A null character in the query string gives 400.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):
            return errors.bad_request(request)  # PostgreSQL refuses null characters
        request.role, request.actor = None, PUBLIC  # type: ignore[attr-defined]
        request.roles = SimpleLazyObject(lambda: roles_of(request.user))  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return 409 for a refused action, 503 without database, None for any other exception.

        The second submission of an accepted form is redirected to the same URL as the first. Any
        other refusal is recorded, see `note_refusal`.
        """
        refused = isinstance(exception, ActionNotAllowed | PermissionDenied | Http404)
        if refused and _was_allowed(request):
            response = redirect_if_replayed(request, patience=PATIENCE)
            if response:
                return response
        if isinstance(exception, ActionNotAllowed | PermissionDenied):
            note_refusal(request, exception)
        if isinstance(exception, ActionNotAllowed):
            return errors.conflict(request, exception)
        if is_outage(exception):
            return errors.unavailable(request, exception)
        return None


def _was_allowed(request: HttpRequest) -> bool:
    """Return whether the person has the role of the page, or the page has none."""
    match = request.resolver_match
    has_role = bool(match and hasattr(match.func, "role_type"))
    return request.method == "POST" and bool(getattr(request, "role", None) or not has_role)
