"""Middleware that adds the request number, person and address to the logs, even in an outage."""

import structlog
from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware

from .limits import sender_of
from .outage import is_outage


class RequestLog(RequestMiddleware):
    """Middleware of django-structlog that works without the database: logs then have no person."""

    @staticmethod
    def bind_user_id(request: HttpRequest) -> None:
        """Add the signed-in person to the log lines, unless the database is unreachable."""
        try:
            RequestMiddleware.bind_user_id(request)
        except Exception as error:
            if not is_outage(error):
                raise

    @classmethod
    def bind_ip(cls, request: HttpRequest) -> None:
        """Add the client's IP address to the log lines, ignoring headers forged by the visitor."""
        structlog.contextvars.bind_contextvars(ip=sender_of(request))
