"""An administrator at work, and someone to look after."""

from collections.abc import Callable

import pytest
from django.test import Client

from factories import AdministratorFactory, administrator_actor, wearing


@pytest.fixture
def admin(db: None) -> Client:
    """The session of an administrator; another administrator exists."""
    AdministratorFactory()
    return wearing(administrator_actor())


@pytest.fixture
def press(admin: Client) -> Callable[..., Client]:
    """Read the page of a verb, then press its button with what is typed."""

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
