"""Refusals and failures, told in French with what to do next."""

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
    """The same page, to the byte, for what is absent and for what is someone else's."""
    return render(request, "errors/404.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/csrf.html", {"typed": typed(request)}, status=403)


def conflict(request: HttpRequest, refusal: ActionNotAllowed) -> HttpResponse:
    """A refusal that no form could show: say why, and give back what was typed."""
    context = {"reasons": [r for r in refusal.reasons if r], "typed": typed(request)}
    return render(request, "errors/409.html", context, status=409)


def server_error(request: HttpRequest) -> HttpResponse:
    incident = uuid.uuid4().hex[:10]
    logger.error("incident", incident=incident, path=request.path)
    return render(request, "errors/500.html", {"incident": incident}, status=500)


def unavailable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The database is away: say so without asking it anything."""
    logger.error("unavailable", error=str(exception))
    answer = HttpResponse(status=503, headers={"Retry-After": "30"})
    answer.content = render(None, "errors/503.html").content
    return answer


def typed(request: HttpRequest) -> list[tuple[str, Any]]:
    """What was sent with the form, to be copied and not lost."""
    return [(name, value) for name, value in request.POST.items() if name not in HIDDEN and value]
