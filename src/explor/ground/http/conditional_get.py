"""Pages with an ETag: a browser that has the current version gets 304 instead of the page."""

import hashlib
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition

from .headers import has_own
from .typography import bind_marks_of_response

View = Callable[..., Any]


class VersionedRequest(HttpRequest):
    """A request that `conditional_get` passes to a view, with the version of the page."""

    version: Any


ROOT = Path(__file__).parents[2]


def conditional_get(version: Callable[[], object]) -> Callable[[View], View]:
    """Decorate a public view to answer 304 when the browser already has the page at `version()`.

    A browser may cache the page but revalidates it at each visit, so that withdrawn content never
    shows. A visitor with a session or a message to read always gets the page. The page
    holds no secret, so it may be compressed. `version()` is called once per request; the view reads
    `request.version`.
    """

    def etag(request: HttpRequest, *args: Any, **kwargs: Any) -> str | None:
        if has_own(request):
            return None
        text = f"{_release()} {request.version} {request.get_full_path()}"  # type: ignore[attr-defined]
        return f'W/"{hashlib.sha256(text.encode()).hexdigest()[:24]}"'

    def decorate(view: View) -> View:
        @gzip_page
        @condition(etag_func=etag)
        def conditional(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            # before the page is compressed
            return bind_marks_of_response(view(request, *args, **kwargs))

        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.version = version()  # type: ignore[attr-defined]
            response: HttpResponse = conditional(request, *args, **kwargs)
            response.setdefault("Cache-Control", "no-cache")
            return response

        answer.is_cached = True  # type: ignore[attr-defined]  # read by `limits`
        return answer

    return decorate


@cache
def _release() -> int:
    """Return the time of the last change of a template, in nanoseconds, part of every ETag."""
    return max(path.stat().st_mtime_ns for path in ROOT.rglob("*.html"))
