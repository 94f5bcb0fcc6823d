"""Middleware that limits concurrent requests: a few run, a few wait, others get 503.

Python runs one request at a time in a process. With many at once, each takes longer and the health
check waits behind them, so a supervisor would stop a site that is only busy.
"""

from collections.abc import Callable
from threading import BoundedSemaphore

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from .body import NoFiles
from .errors import unavailable

PATIENCE = 2  # seconds that a request waits for its turn
# answered without waiting: a proxy stops a site whose health check is late
HEALTH = ("/sante", "/sante/pret")
SAFE = ("GET", "HEAD")  # requests without a body, which cannot arrive slowly


class Overload(Exception):
    """Too many requests are running."""


class OverloadMiddleware:
    """Middleware that answers 503, with the time to wait, when too many requests are running.

    `settings.REQUESTS_AT_ONCE` gives how many run at once, and how many wait for their turn. The
    server must have more threads than that, to leave one for the health check.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        running, waiting = settings.REQUESTS_AT_ONCE
        if not running:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.turns = BoundedSemaphore(running)
        self.places = BoundedSemaphore(running + waiting)
        # among the refused requests, one body is read at a time: it may arrive slowly
        self.beyond = BoundedSemaphore(1)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path in HEALTH and request.method in SAFE:
            return self.get_response(request)
        if not self.places.acquire(blocking=False):
            return self._refuse_beyond(request)
        try:
            if not self.turns.acquire(timeout=PATIENCE):
                return _refused(request, "no turn")
            try:
                return self.get_response(request)
            finally:
                self.turns.release()
        finally:
            self.places.release()

    def _refuse_beyond(self, request: HttpRequest) -> HttpResponseBase:
        """Refuse a request when no place is left; show the typed values if its body can be read."""
        read = self.beyond.acquire(blocking=False)
        try:
            return _refused(request, "no place", readable=read)
        finally:
            if read:
                self.beyond.release()


def _refused(request: HttpRequest, why: str, *, readable: bool = True) -> HttpResponseBase:
    """Answer 503 with the typed texts; drop the files as they arrive.

    The view has not been called yet, and some views must not store the uploaded file.
    """
    request.upload_handlers = [NoFiles(request)]
    return unavailable(request, Overload(why), readable=readable)
