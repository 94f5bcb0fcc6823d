"""The error pages (400 to 503), in French, each with what to do next."""

import uuid
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from explor.ground.http.exceptions import ActionNotAllowed

logger = structlog.get_logger(__name__)
# Technical fields of a form, not shown back to the user.
HIDDEN = ("csrfmiddlewaretoken", "version", "idempotency_key")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404 with the same bytes for an absent row and a row that the person may not see."""
    return render(request, "errors/404.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/csrf.html", {"typed": typed_values(request)}, status=403)


def conflict(request: HttpRequest, refusal: ActionNotAllowed) -> HttpResponse:
    """Answer 409 with the reasons of a refusal that no form displays, and the values typed."""
    context = {"reasons": [r for r in refusal.reasons if r], "typed": typed_values(request)}
    return render(request, "errors/409.html", context, status=409)


def server_error(request: HttpRequest) -> HttpResponse:
    incident = uuid.uuid4().hex[:10]
    logger.error("incident", incident=incident, path=request.path)
    return render(request, "errors/500.html", {"incident": incident}, status=500)


def unavailable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 503 without any query, when the database cannot be reached."""
    logger.error("unavailable", error=str(exception))
    response = HttpResponse(status=503, headers={"Retry-After": "30"})
    response.content = render(None, "errors/503.html").content
    return response


def typed_values(request: HttpRequest) -> list[tuple[str, Any]]:
    """Return the (name, value) pairs typed in the form, so that its author can copy them."""
    return [(name, value) for name, value in request.POST.items() if name not in HIDDEN and value]
