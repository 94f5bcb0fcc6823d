"""Check that the database server answers, without waiting for a query to end.

When a server is frozen or cut off, the driver would wait for ever. This check sends the first
message of the PostgreSQL protocol, which asks for TLS: the server answers with one byte and logs
nothing.
"""

import socket
import struct
import threading
from time import monotonic

from psycopg import OperationalError

PATIENCE = 0.6  # seconds allowed for the server to answer
REST = 1.0  # seconds during which an absent server is not checked again
QUESTION = struct.pack("!ii", 8, 80877103)  # the message SSLRequest of the PostgreSQL protocol
GONE = "the database server does not answer"


class Presence:
    """Whether the server at an address is present, shared by all threads of a process.

    Args:
        host: a name, an address, or the folder of a Unix socket; "" when unknown.
        port: the port.
    """

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self._absent_until = 0.0
        self._lock = threading.Lock()

    @property
    def is_known_absent(self) -> bool:
        """Return whether the server was found absent less than `REST` seconds ago."""
        return monotonic() < self._absent_until

    def require(self) -> None:
        """Raise OperationalError unless the server answers; raise at once if it was just absent.

        While one thread checks an absent server again, the others raise at once.
        """
        with self._lock:
            was_absent = self._absent_until > 0
            if self.is_known_absent:
                raise OperationalError(GONE)
            if was_absent:
                self._absent_until = monotonic() + REST + PATIENCE
        if not answers(self.host, self.port):
            self._absent_until = monotonic() + REST
            raise OperationalError(GONE)
        self._absent_until = 0.0


def answers(host: str, port: int) -> bool:
    """Return whether a PostgreSQL server answers in time; True if this cannot be checked."""
    if not host or "," in host:  # an address in a form that only the driver understands
        return True
    folder = host.startswith(("/", "@"))
    try:
        with socket.socket(socket.AF_UNIX) if folder else _connected(host, port) as link:
            if folder:
                link.settimeout(PATIENCE)
                link.connect(f"{host}/.s.PGSQL.{port}".replace("@", "\0", 1))
            link.sendall(QUESTION)
            return bool(link.recv(1))
    except OSError:
        return False


def _connected(host: str, port: int) -> socket.socket:
    link = socket.create_connection((host, port), timeout=PATIENCE)
    link.settimeout(PATIENCE)
    return link
