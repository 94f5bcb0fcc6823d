"""The file `security.txt` (RFC 9116), which says where to report vulnerabilities."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from explor.ground.http.access import public

VALID = timedelta(days=180)  # RFC 9116 recommends less than a year


@public
def contact(request: HttpRequest) -> HttpResponse:
    """Return the file `security.txt`.

    Its contact is `EXPLOR_SECURITY_CONTACT`, or else the page that lists the networks.
    """
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
