"""The pages of secret URLs: out of caches, of search engines and of other sites."""

from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from explor.ground.http.access import PUBLIC_VIEWS, private_link

Found = list[tuple[URLPattern, frozenset[str]]]
SECRETS = {"secret", "link", "token"}  # how URL patterns name a secret


def test_a_page_with_a_secret_url_is_neither_cached_nor_indexed() -> None:
    page = private_link(lambda request: HttpResponse("ok"))(RequestFactory().get("/"))
    assert page["X-Robots-Tag"] == "noindex"
    assert page["Referrer-Policy"] == "same-origin"
    assert "no-store" in page["Cache-Control"]


def patterns(resolver: URLResolver, names: frozenset[str] = frozenset()) -> Found:
    """Return each URL pattern with the names of its arguments, those of its prefixes included."""
    found: Found = []
    for each in resolver.url_patterns:
        known = names | set(each.pattern.converters)
        if isinstance(each, URLResolver):
            found += patterns(each, known)
        else:
            found.append((each, known))
    return found


def test_every_public_view_with_a_secret_in_its_url_is_private() -> None:
    views = {
        each.callback.__qualname__: hasattr(each.callback, "is_private_link")
        for each, names in patterns(get_resolver())
        if SECRETS & names
        and f"{each.callback.__module__}.{each.callback.__qualname__}" in PUBLIC_VIEWS
    }
    assert sorted(views) == [
        "answer",
        "confide",
        "delegate",
        "document",
        "evaluation",
        "followed",
        "invitation",
        "need",
        "renew",
        "sign",
        "stop",
    ]
    assert all(views.values())
