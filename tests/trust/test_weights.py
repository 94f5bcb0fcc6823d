"""Every page is light: limits on the size and the number of requests of a first visit.

The limits are ours: 150 kB and 15 requests for the public, 300 kB and 25 for those who sign in.
Text is counted compressed, as the site sends it.
"""

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from support.soak import length

from .forms import Page, pages_of
from .test_isolation import content_of
from .world import side

LIMITS = {"public": (150_000, 15), "signed in": (300_000, 25)}
LOADED = "//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src | //img/@src"
TEXT = (".css", ".js", ".svg", ".html", ".json", ".txt", ".webmanifest")


def loaded_by(html: bytes) -> set[str]:
    """Return the URLs of the files that a page loads by itself."""
    return {str(url) for url in lxml.html.fromstring(html).xpath(LOADED)}


def sent(body: bytes, *, text: bool) -> int:
    """Return the bytes that travel for a body."""
    return len(gzip.compress(body)) if text else len(body)


def weight_of(client: Client, url: str) -> int:
    """Return the bytes that travel for a file that a page loads."""
    static = finders.find(url.removeprefix(settings.STATIC_URL))
    if url.startswith(settings.STATIC_URL) and static:
        return sent(Path(str(static)).read_bytes(), text=url.endswith(TEXT))
    answer = client.get(url)
    assert answer.status_code == 200, url
    return sent(content_of(answer), text="text" in answer["Content-Type"])


def weights(pages: list[Page]) -> Iterator[tuple[str, str, int, int]]:
    """Yield (audience, URL, bytes, requests) for each page of HTML that answers 200."""
    known: dict[str, int] = {}
    for page in pages:
        answer: Any = page.client.get(page.url)
        if answer.status_code != 200 or "html" not in answer.get("Content-Type", ""):
            continue
        html = content_of(answer)
        files = loaded_by(html)
        for url in files - known.keys():
            known[url] = weight_of(page.client, url)
        audience = "signed in" if page.role else "public"
        size = sent(html, text=True) + sum(known[url] for url in files)
        yield audience, page.url, size, 1 + len(files)


def test_the_weight_check_counts_the_style_sheets_scripts_and_images_of_a_page() -> None:
    html = (
        b"<link rel=stylesheet href=/a.css><script src=/b.js></script><img src=/c.png><a href=/d>"
    )
    assert loaded_by(html) == {"/a.css", "/b.js", "/c.png"}


@pytest.mark.soak
def test_every_page_stays_within_the_limits_of_size_and_of_requests(
    db: None,
    unlogged: None,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    pages = pages_of(side("Amont"))
    step = max(1, len(pages) // length(60, len(pages)))
    measured = list(weights(pages[::step]))
    heavy = [
        (url, size, requests)
        for audience, url, size, requests in measured
        if size > LIMITS[audience][0] or requests > LIMITS[audience][1]
    ]
    assert heavy == []
    most = {
        audience: max((size, url) for kind, url, size, _ in measured if kind == audience)
        for audience in LIMITS
    }
    said = ", ".join(
        f"{who}: {size // 1000} kB at most ({url})" for who, (size, url) in most.items()
    )
    record_property("figure", f"{len(measured)} pages, {said}")
