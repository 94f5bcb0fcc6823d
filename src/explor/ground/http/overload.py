"""What a process does beyond what it can: a few requests run, a few wait, the others come back.

Python runs one request at a time in a process: with more of them at once, each takes longer, and
the health check waits behind them all, so that a supervisor would stop a site that only works hard.
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
HEALTH = ("/sante", "/sante/pret")  # answered without a turn: a proxy stops a site that is late
SAFE = ("GET", "HEAD")  # without a body that may come slowly


class Overload(Exception):
    """Too many requests are running."""


class OverloadMiddleware:
    """Answer 503, with the time to wait, to the requests that this process cannot take in time.

    `settings.REQUESTS_AT_ONCE` gives how many run at once, and how many wait for their turn. The
    threads of the server must be more, so that one is left for the health check.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        running, waiting = settings.REQUESTS_AT_ONCE
        if not running:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.turns = BoundedSemaphore(running)
        self.places = BoundedSemaphore(running + waiting)
        self.beyond = BoundedSemaphore(1)  # of the others, one is read: a body may come slowly

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
        """Refuse a request without place, with what was typed unless another is being read."""
        read = self.beyond.acquire(blocking=False)
        try:
            return _refused(request, "no place", readable=read)
        finally:
            if read:
                self.beyond.release()


def _refused(request: HttpRequest, why: str, *, readable: bool = True) -> HttpResponseBase:
    """Answer 503, with the texts typed; the files are dropped as they arrive.

    No view has said yet how it receives them: the page that verifies a document stores none.
    """
    request.upload_handlers = [NoFiles(request)]
    return unavailable(request, Overload(why), readable=readable)
