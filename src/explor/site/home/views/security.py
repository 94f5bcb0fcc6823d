"""The file that tells whom to write to about a weakness (RFC 9116)."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from explor.ground.http.access import public

VALID = timedelta(days=180)  # the standard recommends less than a year


@public
def contact(request: HttpRequest) -> HttpResponse:
    """Give the contact of `EXPLOR_SECURITY_CONTACT`, or the page that names the networks."""
    given = settings.EXPLOR_SECURITY_CONTACT
    address = f"mailto:{given}" if "@" in given and ":" not in given else given
    until = (timezone.now() + VALID).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = (
        f"Contact: {address or settings.EXPLOR_URL + '/dispositif/'}",
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: fr, en",
        f"Canonical: {settings.EXPLOR_URL}/.well-known/security.txt",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
