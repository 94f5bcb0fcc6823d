"""Middleware that gives each log line the number of its request, even without database."""

import structlog
from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware

from .limits import sender_of
from .outage import is_outage


class RequestLog(RequestMiddleware):
    """The middleware of the library; an outage leaves out the person, not the answer."""

    @staticmethod
    def bind_user_id(request: HttpRequest) -> None:
        """Add the person to the lines of the log; reading them is a query, which may fail."""
        try:
            RequestMiddleware.bind_user_id(request)
        except Exception as error:
            if not is_outage(error):
                raise

    @classmethod
    def bind_ip(cls, request: HttpRequest) -> None:
        """Add the address of the sender; the library would believe any header of the visitor."""
        structlog.contextvars.bind_contextvars(ip=sender_of(request))
