"""Let tests read pages with plain spaces, in place of the no-break spaces of French."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

BOUND = re.compile("(?<=«)\u00a0|\u00a0(?=[;:!?»])")


class TypographicClient(Client):
    """A client whose pages are exactly those that a browser receives."""


@pytest.fixture(autouse=True, scope="session")
def plain_spaces() -> Iterator[None]:
    """Replace the no-break spaces around French punctuation in the pages of test clients."""
    sent = Client.request

    def request(self: Client, **environ: Any) -> Any:
        response = sent(self, **environ)
        kind = response.headers.get("Content-Type", "")
        is_page = not response.streaming and kind.startswith("text/html")
        is_page = is_page and "Content-Encoding" not in response.headers
        if is_page and not isinstance(self, TypographicClient):
            response.content = BOUND.sub(" ", response.content.decode()).encode()
        return response

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "request", request)
        yield
