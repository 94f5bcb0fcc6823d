"""Rate limits: how many requests of one kind a person or an IP address may send per minute.

One SQL statement counts, so that concurrent requests are all counted; a cache would let some pass.
`settings.REQUEST_LIMITS` gives the limits of each kind: {kind: (per person, per address)}.
"""

import math
from collections.abc import Callable
from datetime import timedelta
from ipaddress import IPv4Address, IPv6Network, ip_address
from typing import Any, TypeVar

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

View = TypeVar("View", bound=Callable)  # type: ignore[type-arg]

SENDS, UPLOADS, COSTLY, API, DIARY = "sends", "uploads", "costly", "api", "diary"
WINDOW = timedelta(minutes=1)
HEAVY = 100_000  # size in bytes above which a form counts as an upload
COUNT = """
    INSERT INTO http_requestcount AS counted (key, count, ends_at)
    SELECT key, 1, %(end)s FROM unnest(%(keys)s::varchar[]) AS key
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN counted.ends_at <= %(now)s THEN 1
                     ELSE LEAST(counted.count + 1, 1000000) END,
        ends_at = CASE WHEN counted.ends_at <= %(now)s THEN EXCLUDED.ends_at
                       ELSE counted.ends_at END
    RETURNING key, count, ends_at
"""


def limited(kind: str) -> Callable[[View], View]:
    """Decorate a view that is costly to answer, to count its requests under `kind`.

    `kind` is a key of `settings.REQUEST_LIMITS`.
    """

    def decorate(view: View) -> View:
        view.limited = kind  # type: ignore[attr-defined]
        return view

    return decorate


def kind_of(request: HttpRequest, view: Callable[..., Any]) -> str:
    """Return the kind under which a request is counted, "" if it is not limited.

    The kind declared by `limited` comes first. Forms count, and so do searches and exports, except
    on the public pages of `conditional_get`.
    """
    if declared := getattr(view, "limited", ""):
        return str(declared)
    if request.method != "POST":
        searches = request.GET.get("q") or "format" in request.GET
        return COSTLY if searches and not hasattr(view, "is_cached") else ""
    size = request.META.get("CONTENT_LENGTH") or "0"
    return UPLOADS if not size.isdecimal() or int(size[:12]) > HEAVY else SENDS


def seconds_to_wait(request: HttpRequest, kind: str, *, who: str = "") -> int:
    """Count a request; return 0, or the number of seconds to wait if it is above the limit.

    Requests above the limit are counted too, but do not lengthen the wait.

    Args:
        who: the sender, when it is not the signed-in person, such as "device 12".
    """
    per_person, per_address = settings.REQUEST_LIMITS.get(kind, (0, 0))
    limits = {}
    if per_address:
        limits[_key(kind, "address", address_of(request))] = per_address
    if not who and request.user.is_authenticated:
        who = str(request.user.pk)
    if per_person and who:
        limits[_key(kind, "person", who)] = per_person
    if not limits:
        return 0
    now = timezone.now()
    # Sorted by key, so that two statements never deadlock.
    given: dict[str, Any] = {"keys": sorted(limits), "now": now, "end": now + WINDOW}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, given)
        rows = cursor.fetchall()
    waits = [ends_at - now for key, count, ends_at in rows if count > limits[key]]
    return max(1, math.ceil(max(waits).total_seconds())) if waits else 0


def sender_of(request: HttpRequest) -> str:
    """Return the IP address of the client, as set by the declared proxies only."""
    try:
        return str(get_adapter(request).get_client_ip(request))
    except (PermissionDenied, ImproperlyConfigured):  # the request did not come through the proxies
        return str(request.META.get("REMOTE_ADDR", ""))


def address_of(request: HttpRequest) -> str:
    """Return the IP address of the client, or its network in IPv6."""
    address = sender_of(request)
    try:
        return network_of(address)
    except ValueError:
        return address


def network_of(address: str) -> str:
    """Return an IPv4 address as it is, and the first address of its /64 network for IPv6.

    A sender in IPv6 controls the 2 ** 64 addresses of their network.

    Raises:
        ValueError: `address` is not an IP address.
    """
    parsed = ip_address(address)
    if isinstance(parsed, IPv4Address):
        return address
    return str(parsed.ipv4_mapped or IPv6Network((parsed, 64), strict=False).network_address)


def _key(kind: str, what: str, who: str) -> str:
    return salted_hmac("explor.http.limits", f"{kind} {what} {who}", algorithm="sha256").hexdigest()
