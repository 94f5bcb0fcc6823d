"""A fake clamd (antivirus server) that reports any content with `VIRUS`, a harmless word."""

import socket
import struct
from collections.abc import Iterator
from contextlib import closing, suppress
from threading import Thread

import pytest

VIRUS = b"FAUX-VIRUS-POUR-LES-ESSAIS"
NAME = "Essai.FauxVirus"


class FakeClamd:
    """A single-threaded antivirus server; `answer` replaces its answer about a file."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.listener.getsockname()[1]}"
        self.answer: bytes | None = None
        self.read: list[bytes] = []
        Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        """Stop the server; calling it again does nothing."""
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def _serve(self) -> None:
        while True:
            try:
                link, _ = self.listener.accept()
            except OSError:
                return
            with closing(link), link.makefile("rb") as stream:
                self._reply(link, stream)

    def _reply(self, link: socket.socket, stream: object) -> None:
        command = b""
        while not command.endswith(b"\0"):
            command += stream.read(1)  # type: ignore[attr-defined]
        if command == b"zPING\0":
            link.sendall(b"PONG\0")
        elif command == b"zINSTREAM\0":
            content = b""
            while size := struct.unpack("!L", stream.read(4))[0]:  # type: ignore[attr-defined]
                content += stream.read(size)  # type: ignore[attr-defined]
            self.read.append(content)
            found = f"stream: {NAME} FOUND\0" if VIRUS in content else "stream: OK\0"
            link.sendall(found.encode() if self.answer is None else self.answer)


@pytest.fixture
def clamd(settings: object) -> Iterator[FakeClamd]:
    """Start a fake clamd, and set the installation to use it."""
    server = FakeClamd()
    settings.CLAMD = server.address  # type: ignore[attr-defined]
    yield server
    server.close()
