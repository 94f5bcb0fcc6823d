"""Processes to kill on the test database, and a mail server that stores what it receives."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from types import TracebackType
from urllib.parse import urlsplit

import psutil
from django.db import connection

TESTS = Path(__file__).parents[1]
NAME = "killable"  # tells their connections from those left by a live server
OTHERS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = %s AND backend_type = %s
"""


class Mailbox(ThreadingTCPServer):
    """A local mail server that stores the received texts by Message-ID."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.received: defaultdict[str, list[str]] = defaultdict(list)

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def __enter__(self) -> "Mailbox":
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.shutdown()
        self.server_close()


class _Conversation(StreamRequestHandler):
    server: Mailbox

    def handle(self) -> None:
        with suppress(OSError):  # the other side was killed
            self._say("220 mailbox")
            while line := self.rfile.readline().decode().strip().upper():
                if line == "QUIT":
                    self._say("221 bye")
                    return
                if line == "DATA":
                    self._receive()
                else:
                    self._say("250 ok")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())

    def _receive(self) -> None:
        """Store a message, then acknowledge it: a sender killed in between gets no answer."""
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return
            lines.append(line)
        mail = message_from_bytes(b"".join(lines), policy=policy.default)
        text = f"{mail['To']} {mail['Subject']} {mail.get_content()}"
        self.server.received[mail["Message-ID"]].append(text)
        self._say("250 kept")


@dataclass(frozen=True)
class Started:
    """A started process, which may have ended before its number was read."""

    number: int

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.number, signal.SIGKILL)

    def wait(self, limit: float) -> None:
        """Wait until the process has ended; raise AssertionError after `limit` seconds."""
        until = time.monotonic() + limit
        while psutil.pid_exists(self.number):
            assert time.monotonic() < until, f"process {self.number} still runs"
            time.sleep(0.005)


class KillableProcesses:
    """Starts processes of `support.killable` on the database of the test; the test kills them."""

    def __init__(self, mailbox: Mailbox) -> None:
        url = urlsplit(os.environ["DATABASE_URL"])
        name = connection.settings_dict["NAME"]
        environment = os.environ | {
            "DATABASE_URL": url._replace(path=f"/{name}").geturl(),
            "PGAPPNAME": NAME,
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(mailbox.port),
            "PYTHONPATH": f"{TESTS}{os.pathsep}{TESTS.parent / 'src'}",
        }
        command = [sys.executable, "-m", "support.killable"]
        self.parent = subprocess.Popen(
            command, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def start(self, *words: str) -> "Started":
        """Start a process with these arguments; the first call waits for Django to load."""
        assert self.parent.stdin is not None
        assert self.parent.stdout is not None
        self.parent.stdin.write(" ".join(words) + "\n")
        self.parent.stdin.flush()
        return Started(int(self.parent.stdout.readline()))

    def stop(self) -> None:
        assert self.parent.stdin is not None
        assert self.parent.stdout is not None
        self.parent.stdin.close()
        self.parent.stdout.close()
        self.parent.wait(30)


@contextmanager
def killable_processes() -> Iterator[tuple[KillableProcesses, Mailbox]]:
    """Yield the starter of processes, and the mail server to which they send."""
    with Mailbox() as mailbox:
        made = KillableProcesses(mailbox)
        try:
            yield made, mailbox
        finally:
            made.stop()


def await_end(process: Started, limit: float = 60) -> None:
    """Wait until a process has ended, then until PostgreSQL has ended its transaction."""
    process.wait(limit)
    until = time.monotonic() + limit
    while _others():
        assert time.monotonic() < until
        time.sleep(0.005)


def _others() -> int:
    with connection.cursor() as cursor:
        cursor.execute(OTHERS, [NAME, "client backend"])
        return int(cursor.fetchone()[0])
