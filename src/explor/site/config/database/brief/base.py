"""The database wrapper that Django loads for the engine `explor.site.config.database.brief`."""

from collections.abc import Generator
from functools import cache
from time import monotonic
from typing import Any

import psycopg
from django.db.backends.postgresql import base

from .presence import Presence

SILENCE = 0.7  # seconds without data after which the presence of the server is checked


class Watched(psycopg.Connection[Any]):
    """A connection that closes during a query if the server no longer answers new connections.

    A long query is not interrupted as long as the server answers.
    """

    presence: Presence

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        return super().wait(self._watched(gen), interval, timeout)

    def _watched(self, steps: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
        """Run the steps of a query; check that the server is present after each long silence.

        The driver sends 0 when no data came during the interval.
        """
        since = monotonic()
        try:
            awaited = next(steps)
            while True:
                ready = yield awaited
                if ready:
                    since = monotonic()
                elif monotonic() - since > SILENCE:
                    self._require_server()
                    since = monotonic()
                awaited = steps.send(ready)
        except StopIteration as end:
            return end.value

    def _require_server(self) -> None:
        try:
            self.presence.require()
        except psycopg.OperationalError:
            self.pgconn.finish()
            raise


@cache
def presence_of(host: str, port: int) -> Presence:
    """Return the `Presence` shared by this process for the server at this address."""
    return Presence(host, port)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's database wrapper, whose connections detect a server that no longer answers."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open a connection; raise OperationalError if the server does not answer."""
        presence = self._presence()
        presence.require()
        self.isolation_level = psycopg.IsolationLevel.READ_COMMITTED  # as Django's wrapper does
        connection = Watched.connect(**conn_params)
        connection.presence = presence
        return connection

    def is_usable(self) -> bool:
        """Return whether the connection still works; False at once if the server is absent."""
        return not self._presence().is_known_absent and super().is_usable()

    def _presence(self) -> Presence:
        host, port = self.settings_dict["HOST"], self.settings_dict["PORT"]
        return presence_of(host or "", int(port or 5432))
