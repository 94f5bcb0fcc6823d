"""Fixtures: an administrator signed in, and a helper to submit forms."""

from collections.abc import Callable

import pytest
from django.test import Client

from factories import AdministratorFactory, administrator_actor, wearing


@pytest.fixture
def admin(db: None) -> Client:
    """Return a client signed in as an administrator; a second administrator exists."""
    AdministratorFactory()
    return wearing(administrator_actor())


@pytest.fixture
def press(admin: Client) -> Callable[..., Client]:
    """Return a function that opens the page of an action, then submits its form."""

    def run(url: str, **typed: object):
        page = admin.get(url)
        assert page.status_code == 200, url
        form = page.context["form"]
        hidden = {
            name: form[name].value()
            for name in ("version", "idempotency_key")
            if name in form.fields
        }
        return admin.post(url, {**hidden, **typed})

    return run
