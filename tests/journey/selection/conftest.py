"""What the tests of the committee share."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from explor.ground.common.pdf import French


@pytest.fixture
def drawn_as_data(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> Iterator[None]:
    """Minutes kept as their data, since drawing thousands of them proves nothing more."""

    def render(template: str, data: Any, *, title: str, at: Any) -> bytes:
        return json.dumps({**data, "title": title}, cls=French).encode()

    monkeypatch.setattr("explor.ground.documents.actions.render", render)
    monkeypatch.setattr("explor.ground.documents.actions.proof", lambda code, url: {"code": code})
    settings.MEDIA_ROOT = tmp_path
    yield
