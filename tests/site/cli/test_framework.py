"""An embedded database server that was killed is started again while programs run."""

from typing import Any

import pytest

from explor.site.cli import framework
from explor.site.config.postgres import PostgresError


class Server:
    """An embedded server that is stopped, and may refuse to start."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.running, self.refuses = False, refuses

    def is_running(self) -> bool:
        return self.running

    def start(self) -> bool:
        if self.refuses:
            raise PostgresError("plus de place")
        self.running = True
        return True


def test_a_killed_embedded_database_server_is_started_again_once(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMBEDDED = Server()
    framework.keep_embedded_server()
    framework.keep_embedded_server()
    assert [record.getMessage() for record in caplog.records] == [
        "PostgreSQL s’était arrêté : il est reparti."
    ]


def test_the_programs_keep_running_when_the_embedded_database_server_does_not_start(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMBEDDED = Server(refuses=True)
    framework.keep_embedded_server()
    assert "ne repart pas : plus de place" in caplog.text


def test_a_database_server_that_explor_does_not_embed_is_not_started_again(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMBEDDED = None
    framework.keep_embedded_server()
    assert caplog.records == []
