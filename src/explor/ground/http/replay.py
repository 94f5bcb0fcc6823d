"""Answer the second sending of a form as the first was answered."""

from time import monotonic, sleep
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect

from .models import IdempotencyKey

POLL = 0.02  # seconds between two looks at the key while the first sending is being answered


def done_redirect(request: HttpRequest, url: str, message: str = "") -> HttpResponseRedirect:
    """Redirect to `url` after an act with a success message; a second press leads there too."""
    if key := idempotency_key_of(request):
        IdempotencyKey.objects.filter(pk=key, url="").update(url=url)
    if message:
        messages.success(request, message)
    return HttpResponseRedirect(url)


def redirect_if_replayed(
    request: HttpRequest, *, patience: float = 0
) -> HttpResponseRedirect | None:
    """Redirect to where the first sending of the same form led; None for a first sending."""
    url = replayed_url(request, patience=patience)
    return HttpResponseRedirect(url) if url else None


def replayed_url(request: HttpRequest, *, patience: float = 0) -> str:
    """Return where the first sending of the same form led; "" for a first sending.

    The URL is stored a moment after the act: `patience`, in seconds, is how long to wait for it.
    """
    if (key := idempotency_key_of(request)) is None:
        return ""
    limit = monotonic() + patience
    stored = IdempotencyKey.objects.filter(pk=key).values_list("url", flat=True)
    while (url := stored.first()) == "" and monotonic() < limit:
        sleep(POLL)
    return url or ""


def idempotency_key_of(request: HttpRequest) -> UUID | None:
    """Return the idempotency key of the form that was sent, None without one."""
    try:
        return UUID(request.POST.get("idempotency_key", ""))
    except ValueError:
        return None
