"""Middleware of privacy headers: private pages not stored, no sensors, data cleared at sign-out."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]
PRIVATE = ("/compte/", "/partenaire/")
# The browser features that no page uses. Passkeys (WebAuthn) work on this site only.
UNUSED = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation"),
    *("gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "picture-in-picture"),
    *("screen-wake-lock", "serial", "usb", "xr-spatial-tracking", "browsing-topics"),
)
KEYS = ("publickey-credentials-create", "publickey-credentials-get")
PERMISSIONS = ", ".join([*(f"{name}=()" for name in UNUSED), *(f"{name}=(self)" for name in KEYS)])


class PrivacyMiddleware:
    """Middleware that forbids storing private pages, and clears browser data at sign-out.

    A page is private when the visitor has a session or a pending message, or when it belongs to an
    account or a personal link. Responses with an ETag are the same for everybody: pictures, open
    data files. Only a request of a signed-in person clears the browser, not one from another site
    or from an expired session. No query is run, since the database may be down.
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
    """Return whether a page may show data that only this visitor may see."""
    return has_own(request) or request.path.startswith(PRIVATE)


def has_own(request: HttpRequest) -> bool:
    """Return whether a visitor has a session, or a message to show once on the next page."""
    own = (settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name)
    return any(name in request.COOKIES for name in own)
