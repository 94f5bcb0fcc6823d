"""Whether the database server answers, known without waiting for a query to end.

A server that is stopped, frozen or cut off answers neither yes nor no: the driver would wait for
ever. The question asked here is the first one of the protocol of PostgreSQL, whether it speaks TLS,
which its main process hands to a new process: one byte comes back, nothing is written in its log.
"""

import socket
import struct
import threading
from time import monotonic

from psycopg import OperationalError

PATIENCE = 0.6  # seconds that a server has to answer
REST = 1.0  # seconds during which an absent server is not asked again
QUESTION = struct.pack("!ii", 8, 80877103)  # SSLRequest, in the documentation of the protocol
GONE = "the database server does not answer"


class Presence:
    """What is known of the server at this address; all the threads of a process share it.

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
        """Whether the server was absent less than `REST` seconds ago."""
        return monotonic() < self._absent_until

    def require(self) -> None:
        """Raise OperationalError unless the server answers; at once if it just did not.

        While one thread asks an absent server again, the others do not wait for its answer.
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
    """Return whether a PostgreSQL server answers in time; True when it cannot be asked."""
    if not host or "," in host:  # the driver finds the server in other ways
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
