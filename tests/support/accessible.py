"""Check that every page fetched by the test client follows the accessibility rules of `rgaa`."""

import re
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from . import rgaa

# What differs between two pages of the same structure: words and numbers.
CHANGING = re.compile(rb"[0-9]+|csrfmiddlewaretoken\" value=\"\w+|(?<=>)[^<]{40,}")
seen: set[bytes] = set()


@pytest.fixture(autouse=True, scope="session")
def accessible_pages() -> Iterator[None]:
    """Fail on a page that breaks a rule; pages of the same structure are checked only once."""
    request = Client.request

    def checked(self: Client, **asked: Any) -> HttpResponse:
        response = request(self, **asked)
        if _is_page(response):
            check(response.content, str(asked.get("PATH_INFO", "")))
        return response  # type: ignore[no-any-return]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "request", checked)
        yield


def check(body: bytes, path: str) -> None:
    """Fail with the faults of a page, unless a page of the same structure was checked before."""
    digest = digest_of(body)
    if digest in seen:
        return
    faults = rgaa.faults(body)
    assert not faults, f"{path} breaks the RGAA:\n" + "\n".join(f"{a} {b}" for a, b in faults)
    seen.add(digest)


def digest_of(body: bytes) -> bytes:
    """Return a digest of the structure of a page, independent of its words and numbers."""
    return blake2b(CHANGING.sub(b"", body), digest_size=16).digest()


def _is_page(response: Any) -> bool:
    """Return whether a response is HTML that was not compressed."""
    return (
        not response.streaming
        and response.headers.get("Content-Type", "").startswith("text/html")
        and "Content-Encoding" not in response.headers
        and b"<" in response.content[:200]
    )
