"""Pages with an ETag, so that a reader who has the present version is not sent it again."""

import hashlib
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition

View = Callable[..., Any]


class VersionedRequest(HttpRequest):
    """A request that says at which version its page is drawn."""

    version: Any


ROOT = Path(__file__).parents[2]


def conditional_get(version: Callable[[], object]) -> Callable[[View], View]:
    """Answer 304 to a reader who holds the page at `version`; never to someone signed in.

    A browser may keep the page but checks it at each visit, so that nothing withdrawn is shown. The
    page holds no secret, so it is compressed. The view reads `version()` as `request.version`.
    """

    def etag(request: HttpRequest, *args: Any, **kwargs: Any) -> str | None:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            return None
        text = f"{_release()} {request.version} {request.get_full_path()}"  # type: ignore[attr-defined]
        return f'W/"{hashlib.sha256(text.encode()).hexdigest()[:24]}"'

    def decorate(view: View) -> View:
        conditional = gzip_page(condition(etag_func=etag)(view))

        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.version = version()  # type: ignore[attr-defined]
            response: HttpResponse = conditional(request, *args, **kwargs)
            response.setdefault("Cache-Control", "no-cache")
            return response

        return answer

    return decorate


@cache
def _release() -> int:
    """Return when the templates of this installation last changed: a release changes every page."""
    return max(path.stat().st_mtime_ns for path in ROOT.rglob("*.html"))
