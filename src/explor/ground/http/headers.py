"""Middleware that adds to each response the headers of privacy: no trace in caches, no sensors."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]
PRIVATE = ("/compte/", "/partenaire/")
# The features of a browser that no page uses; access keys serve on the pages of this site alone.
UNUSED = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation"),
    *("gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "picture-in-picture"),
    *("screen-wake-lock", "serial", "usb", "xr-spatial-tracking", "browsing-topics"),
)
KEYS = ("publickey-credentials-create", "publickey-credentials-get")
PERMISSIONS = ", ".join([*(f"{name}=()" for name in UNUSED), *(f"{name}=(self)" for name in KEYS)])


class PrivacyMiddleware:
    """Middleware that forbids to store private pages, and empties the browser at sign-out.

    A page is private when the visitor has a session or a message to read, or when it is one of the
    account or of a personal link. What carries an ETag is the same for everybody: photographs,
    files of open data. Only who was signed in signs out: neither another site nor a session that
    has ended empties the browser. It runs no query, since the database may be out of reach.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Permissions-Policy"] = PERMISSIONS
        if is_private(request) and "ETag" not in response:
            response["Cache-Control"] = "private, no-store"
        if getattr(request, "has_signed_out", False):
            # Not « cookies »: browsers would also delete those of the parent domain.
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response


def is_private(request: HttpRequest) -> bool:
    """Return whether a page may show what only this visitor sees."""
    return has_own(request) or request.path.startswith(PRIVATE)


def has_own(request: HttpRequest) -> bool:
    """Return whether a visitor has a session, or a message that the next page shows once."""
    own = (settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name)
    return any(name in request.COOKIES for name in own)
