"""Browser sessions of actors, signed in without the second factor, which is tested elsewhere."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from explor.ground.http.actor import Actor
from factories import wearing


@pytest.fixture
def session_of(db: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[Actor], Client]:
    """Return a function that opens the browser session of an actor."""
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    return wearing
