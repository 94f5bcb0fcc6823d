"""The error pages (400 to 503), in French, each of which says what to do next."""

import sys
import uuid
from contextlib import suppress
from typing import Any

import structlog
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import (
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException, UnreadablePostError
from django.shortcuts import render

from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.outage import is_outage
from explor.ground.http.typed import SECRET, typed_values

logger = structlog.get_logger(__name__)
RETRY_AFTER = 10  # seconds that a client should wait before it retries after a 503
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
FOR_MACHINES = ("/api/", "/sante")
AWAY = "Explor est momentanément indisponible. Recommencez dans un instant."


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400, or 413 to a form with too much text, too many fields or too many files."""
    if isinstance(exception, TOO_LARGE):
        return render(request, "errors/413.html", {"limit": None}, status=413)
    return render(request, "errors/400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403: the role of the person does not allow this.

    `exception`, passed by Django, is unused.
    """
    return render(request, "errors/403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404, identically for a missing row and for a row that the person may not see.

    `exception`, passed by Django, is unused.
    """
    return render(request, "errors/404.html", status=404)


def too_large(request: HttpRequest, *, limit: int, readable: bool) -> HttpResponse:
    """Answer 413 to a request over `limit` megabytes, with the typed values if it is `readable`."""
    logger.warning("request_too_large", path=request.path, size=request.META["CONTENT_LENGTH"])
    typed = _typed_if_readable(request) if readable else []
    context = {"limit": limit, "typed": typed}
    return render(request, "errors/413.html", context, status=413)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form whose CSRF token is missing or wrong, with the values typed.

    `reason`, passed by Django, is unused.
    """
    return render(request, "errors/csrf.html", {"typed": typed_values(request)}, status=403)


def conflict(request: HttpRequest, refusal: ActionNotAllowed) -> HttpResponse:
    """Answer 409 with the reasons of a refusal that no form displays, and the values typed."""
    context = {"reasons": [r for r in refusal.reasons if r], "typed": typed_values(request)}
    return render(request, "errors/409.html", context, status=409)


def key_missing(request: HttpRequest) -> HttpResponse:
    """Answer 422 to a form without idempotency key: show its values and a resend button."""
    return render(request, "errors/unsent.html", {**_to_send(request), "key": ""}, status=422)


def too_many(request: HttpRequest, wait: int = 60) -> HttpResponse:
    """Answer 429 to a request above a rate limit, with the typed values and a button to resend.

    Args:
        wait: how many seconds to wait, also sent in the header Retry-After.
    """
    response: HttpResponse
    if request.path.startswith(FOR_MACHINES):
        detail = f"Trop de demandes : recommencez dans {wait} secondes."
        response = JsonResponse({"detail": detail}, status=429)
        response["Access-Control-Allow-Origin"] = "*"
    else:
        context = {"wait": wait, **_to_send(request)}
        response = render(request, "errors/429.html", context, status=429)
    response["Retry-After"] = str(wait)
    response["Cache-Control"] = "no-store"
    return response


def _to_send(request: HttpRequest) -> dict[str, Any]:
    """Return the context with which an error page offers to resend a form, without secrets.

    The form of a view that checks the CSRF token itself is not read, since its file must not be
    stored. Keys: `posted` (whether a form can be sent again), `key` (its idempotency key), `fields`
    ((name, value) pairs), `typed` ((label, value) pairs to read), `files` and `secret` (whether it
    had any).
    """
    match = request.resolver_match
    unread = bool(match and getattr(match.func, "csrf_exempt", False))
    if request.method != "POST" or unread:
        nothing = dict.fromkeys(("posted", "files", "secret"), False)
        return {"fields": [], "typed": [], "key": "", **nothing}
    names = [name for name in request.POST if name != "csrfmiddlewaretoken"]
    secret = [name for name in names if SECRET.search(name)]
    fields = [
        (name, value)
        for name in names
        if name != "idempotency_key" and name not in secret
        for value in request.POST.getlist(name)
    ]
    return {
        "posted": True,
        "key": request.POST.get("idempotency_key", ""),
        "fields": fields,
        "typed": typed_values(request),
        "files": bool(request.FILES),
        "secret": bool(secret),
    }


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 with an incident number, or 503 when the cause is an outage.

    Django calls this function while it handles the exception, whether a view, a template or a
    middleware raised it.
    """
    error = sys.exc_info()[1]
    if error is not None and is_outage(error):
        return unavailable(request, error)
    incident = uuid.uuid4().hex[:10]
    logger.error("incident", incident=incident, path=request.path)
    return render(request, "errors/500.html", {"incident": incident}, status=500)


def unavailable(
    request: HttpRequest, error: BaseException, *, readable: bool = True
) -> HttpResponse:
    """Answer 503 without any query: a page with the typed values, or JSON for the API and health.

    `request.user` becomes anonymous, since loading the person is a query. The values are shown only
    if the request is `readable`.
    """
    logger.error("unavailable", error=str(error), path=request.path)
    request.user = AnonymousUser()
    response: HttpResponse
    if request.path.startswith(FOR_MACHINES):
        response = JsonResponse({"status": "unavailable", "detail": AWAY}, status=503)
    else:
        typed = _typed_if_readable(request) if readable else []
        context = {"typed": typed, "sent": request.method == "POST"}
        # Without the request, no context processor runs a query.
        response = render(None, "errors/503.html", context, status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    return response


def _typed_if_readable(request: HttpRequest) -> list[tuple[str, Any]]:
    """Return the typed (label, value) pairs; [] if the form cannot be read, e.g. on a full disk."""
    unreadable = (OSError, MultiPartParserError, UnreadablePostError, RawPostDataException)
    with suppress(*unreadable, SuspiciousOperation):
        return typed_values(request)
    return []
