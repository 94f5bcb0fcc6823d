"""Idempotent forms: redirect a second submission of a form to the same URL as the first."""

from time import monotonic, sleep
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect

from .models import IdempotencyKey

POLL = 0.02  # seconds between two queries of the key while the first submission is processed


def done_redirect(request: HttpRequest, url: str, message: str = "") -> HttpResponseRedirect:
    """Redirect to `url` with a success message; store `url` for a second submission of the form."""
    if key := idempotency_key_of(request):
        IdempotencyKey.objects.filter(pk=key, url="").update(url=url)
    if message:
        messages.success(request, message)
    return HttpResponseRedirect(url)


def redirect_if_replayed(
    request: HttpRequest, *, patience: float = 0
) -> HttpResponseRedirect | None:
    """Redirect to the URL of the first submission of this form; None for a first submission.

    Args:
        patience: the longest wait for that URL, in seconds.
    """
    url = replayed_url(request, patience=patience)
    return HttpResponseRedirect(url) if url else None


def replayed_url(request: HttpRequest, *, patience: float = 0) -> str:
    """Return the URL to which the first submission of this form led; "" for a first submission.

    The URL is stored shortly after the action; `patience` is the longest wait, in seconds.
    """
    if (key := idempotency_key_of(request)) is None:
        return ""
    limit = monotonic() + patience
    stored = IdempotencyKey.objects.filter(pk=key).values_list("url", flat=True)
    while (url := stored.first()) == "" and monotonic() < limit:
        sleep(POLL)
    return url or ""


def idempotency_key_of(request: HttpRequest) -> UUID | None:
    """Return the idempotency key of the submitted form, None when it is missing or malformed."""
    try:
        return UUID(request.POST.get("idempotency_key", ""))
    except ValueError:
        return None
