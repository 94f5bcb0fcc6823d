"""Idempotent forms: redirect a second submission of a form to the same URL as the first.

Every form that changes data submits an idempotency key, see `gate`; `ui.submit` stores the key in
the transaction of the action. A view that may safely run twice is declared `@repeatable`, with the
reason.
"""

import json
from collections.abc import Callable, Iterable
from hashlib import sha256
from time import monotonic, sleep
from typing import Any, TypeVar
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import Resolver404, resolve

from .models import IdempotencyKey

LONGEST = 500  # maximum length of a stored URL
POLL = 0.02  # seconds between two checks while the first submission is processed
TECHNICAL = ("csrfmiddlewaretoken", "idempotency_key")
View = TypeVar("View", bound=Callable)  # type: ignore[type-arg]


def repeatable(why: str) -> Callable[[View], View]:
    """Declare that a view accepts forms without idempotency key; `why` is the reason."""

    def decorate(view: View) -> View:
        view.repeatable = why  # type: ignore[attr-defined]
        return view

    return decorate


def done_redirect(request: HttpRequest, url: str, message: str = "") -> HttpResponseRedirect:
    """Redirect to `url` with a success message; store `url` for a second submission of the form."""
    if (key := idempotency_key_of(request)) and (kept := storable(url)):
        IdempotencyKey.objects.filter(pk=key, url="").update(url=kept)
    if message:
        messages.success(request, message)
    return HttpResponseRedirect(url)


def storable(url: str) -> str:
    """Return a URL as stored with an idempotency key: "" for a personal link, which is a secret.

    A URL longer than the column is cut to its path: storing must not fail after the action is done.
    """
    path = urlsplit(url).path
    try:
        view = resolve(path).func
    except Resolver404:
        return ""
    if getattr(view, "is_private_link", False):
        return ""
    return url if len(url) <= LONGEST else path[:LONGEST]


def redirect_if_replayed(
    request: HttpRequest, *, patience: float = 0
) -> HttpResponseRedirect | None:
    """Redirect to the URL of the first submission of this form; None for a first submission.

    The result is also None when that URL is not stored in time, or never is, see `storable`.

    Args:
        patience: the longest wait for that URL, in seconds.
    """
    url = replayed_url(request, patience=patience)
    return HttpResponseRedirect(url) if url else None


def replayed_url(request: HttpRequest, *, patience: float = 0) -> str:
    """Return the URL to which the first submission of a form redirected; "" for a first submission.

    The URL is stored shortly after the action; `patience` is the longest wait, in seconds. The
    result is also "" when the URL is not stored in time, or never is, see `storable`.
    """
    if (key := idempotency_key_of(request)) is None:
        return ""
    limit = monotonic() + patience
    stored = IdempotencyKey.objects.filter(pk=key).values_list("url", flat=True)
    while (url := stored.first()) == "" and monotonic() < limit:
        sleep(POLL)
    return url or ""


def idempotency_key_of(request: HttpRequest) -> UUID | None:
    """Return the idempotency key of the submitted form, None when it is missing or malformed.

    The key comes from a hidden field of the form, or from the header `Idempotency-Key`. It is
    combined with the content of the form, so a form that is corrected and submitted again has
    another key.
    """
    if request.method != "POST" or is_repeatable(request):
        return None
    given = request.POST.get("idempotency_key") or request.headers.get("Idempotency-Key", "")
    try:
        return uuid5(UUID(given), _read_once(request))
    except ValueError:
        return None


def _read_once(request: HttpRequest) -> str:
    """Return the content of a form, cached since the action may move the uploaded files."""
    read: str | None = getattr(request, "form_content", None)
    if read is None:
        read = request.form_content = _content(request)  # type: ignore[attr-defined]
    return read


def _content(request: HttpRequest) -> str:
    fields = [each for each in sorted(request.POST.lists()) if each[0] not in TECHNICAL]
    sent: Iterable[tuple[str, list[Any]]] = request.FILES.lists()
    files = sorted((name, each.name, _digest_of(each)) for name, many in sent for each in many)
    if request.content_type == "application/json":
        return json.dumps([fields, files, sha256(request.body).hexdigest()])
    return json.dumps([fields, files])


def _digest_of(file: Any) -> str:
    digest = sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def is_repeatable(request: HttpRequest) -> bool:
    """Return whether the view of a request is declared `@repeatable`."""
    match = request.resolver_match
    return bool(match and getattr(match.func, "repeatable", ""))
