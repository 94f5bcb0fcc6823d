"""Idempotency keys of the forms that tests post without rendering their page first."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client


class KeylessClient(Client):
    """A client that posts a form exactly as it is given, even without an idempotency key."""


@pytest.fixture(autouse=True, scope="session")
def keys_of_forms() -> Iterator[None]:
    """Give a new idempotency key, in a header, to each form that a test client posts."""
    sent = Client.request

    def request(self: Client, **environ: Any) -> Any:
        if environ.get("REQUEST_METHOD") == "POST" and not isinstance(self, KeylessClient):
            environ.setdefault("HTTP_IDEMPOTENCY_KEY", str(uuid4()))
        return sent(self, **environ)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "request", request)
        yield
