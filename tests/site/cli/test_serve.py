"""The web server that `explor serve` starts."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from explor.site.cli.serve import program
from explor.site.config.children import spawn

TESTS = Path(__file__).parents[2]
NEEDED = 8 * 1024 * 1024  # bytes
PATIENCE = 30.0  # seconds for the server to answer


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Serve the application of `support.stack` with the command of the site; yield its port."""
    monkeypatch.setenv("PYTHONPATH", str(TESTS))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = int(probe.getsockname()[1])
    *command, _ = program("127.0.0.1", free, workers=1)
    process = spawn([*command, "support.stack:application"], stdout=subprocess.DEVNULL)
    yield free
    process.terminate()
    process.wait(PATIENCE)


def answer(port: int) -> bytes:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            client = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            client.request("GET", "/")
            body = client.getresponse().read()
            client.close()
        except ConnectionRefusedError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return body


@pytest.mark.skipif(sys.platform != "linux", reason="lit la taille de la pile sous Linux")
def test_the_web_server_threads_have_the_stack_size_that_matching_needs(port: int) -> None:
    """A smaller stack overflows when matching builds an index: the process dies or misreads."""
    assert int(answer(port)) >= NEEDED
