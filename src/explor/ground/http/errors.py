"""The pages of refusals and failures, in French, with what to do next."""

import uuid
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from explor.ground.http.exceptions import ActionNotAllowed

logger = structlog.get_logger(__name__)
# Fields of ours that say nothing to the reader.
HIDDEN = ("csrfmiddlewaretoken", "version", "idempotency_key")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404 with the same bytes for what is absent and for what belongs to someone else."""
    return render(request, "errors/404.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/csrf.html", {"typed": typed_values(request)}, status=403)


def conflict(request: HttpRequest, refusal: ActionNotAllowed) -> HttpResponse:
    """Answer 409 to a refusal that no form shows: say why, and show again what was typed."""
    context = {"reasons": [r for r in refusal.reasons if r], "typed": typed_values(request)}
    return render(request, "errors/409.html", context, status=409)


def server_error(request: HttpRequest) -> HttpResponse:
    incident = uuid.uuid4().hex[:10]
    logger.error("incident", incident=incident, path=request.path)
    return render(request, "errors/500.html", {"incident": incident}, status=500)


def unavailable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 503 when the database is away, without any query."""
    logger.error("unavailable", error=str(exception))
    response = HttpResponse(status=503, headers={"Retry-After": "30"})
    response.content = render(None, "errors/503.html").content
    return response


def typed_values(request: HttpRequest) -> list[tuple[str, Any]]:
    """Return what was sent with the form, by name, so that its reader can copy it."""
    return [(name, value) for name, value in request.POST.items() if name not in HIDDEN and value]
