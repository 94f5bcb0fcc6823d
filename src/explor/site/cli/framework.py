"""Initialisation of Django and of the embedded database server for a command, and checks.

The checks require that the settings are valid, and that the database is reached and up to date.
"""

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from .failure import Failure

log = logging.getLogger("explor.supervisor")
UNDEFINED = ("42P01", "42703")  # PostgreSQL error codes: no such table, no such column
NO_SUCH_DATABASE = "3D000"
# A failed connection has no error code, only a message in the language of the server.
NO_DATABASE = re.compile(r'database ".*" does not exist|base de données .* n.existe pas')


def load() -> None:
    """Set Django up unless it is already.

    Raises:
        Failure: the settings are invalid or unsafe.
    """
    import django

    load_settings()
    django.setup()


def load_settings() -> None:
    """Read the settings only, which takes a fraction of the time and memory of `load`.

    Raises:
        Failure: the settings are invalid or unsafe."""
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "explor.site.config.settings")
    try:
        _ = settings.INSTALLED_APPS
    except ImproperlyConfigured as fault:
        raise Failure(str(fault)) from fault


@contextmanager
def database() -> Iterator[None]:
    """Set Django up, within a `with` block, and require that every migration is applied.

    Raises:
        Failure: the database cannot be reached, is empty or lacks migrations; the message
            gives the command to type.
    """
    with any_database():
        require_up_to_date()
        yield


@contextmanager
def any_database() -> Iterator[None]:
    """Set Django up, within a `with` block, and require only that the database can be reached.

    For commands that create, repair, back up or check a database.

    Raises:
        Failure: the database cannot be reached, or the ring of keys cannot be used.
    """
    load()
    with embedded_server():
        from django.db import DatabaseError, connections

        from explor.ground.encryption.ring import RingError

        try:
            yield
        except RingError as fault:
            raise Failure(f"Le trousseau de clés ne sert pas : {fault}.") from fault
        except DatabaseError as fault:
            if (failure := _failure_of(fault)) is None:
                raise
            raise failure from fault
        finally:
            connections.close_all()


@contextmanager
def embedded_server() -> Iterator[None]:
    """Run the embedded server within a `with` block, if there is one.

    Child processes get its address, so that they do not start another server.

    Raises:
        Failure: the embedded server does not start.
    """
    load_settings()
    from django.conf import settings

    from explor.site.config.postgres import PostgresError
    from explor.site.config.unprivileged import AccountError

    try:
        with settings.EMBEDDED.running() if settings.EMBEDDED else nullcontext():
            os.environ["DATABASE_URL"] = settings.DATABASE_URL
            yield
    except (PostgresError, AccountError) as fault:
        raise Failure(str(fault)) from fault


def keep_embedded_server() -> None:
    """Start the embedded server again if it was killed; do nothing when there is none."""
    from django.conf import settings

    from explor.site.config.postgres import PostgresError

    if settings.EMBEDDED is None or settings.EMBEDDED.is_running():
        return
    try:
        settings.EMBEDDED.start()
        log.warning("PostgreSQL s’était arrêté : il est reparti.")
    except PostgresError as fault:
        log.error("PostgreSQL s’est arrêté et ne repart pas : %s", fault)


def require_up_to_date() -> None:
    """Raise Failure when the database is empty or lacks migrations."""
    require_made()
    require_current()


def require_made() -> None:
    """Raise Failure when the database is empty: `explor migrate` was never run on it."""
    from django.db import connection

    if "django_migrations" not in connection.introspection.table_names():
        raise Failure("La base de données est vide. Tapez : explor migrate")


def require_current() -> None:
    """Raise Failure when some migrations are not applied; the message gives the command to type."""
    from explor.site.administration.selectors.checks import waiting_migrations

    if count := len(waiting_migrations()):
        raise Failure(
            "La base de données est plus ancienne que cette version d’Explor "
            f"({count} mise{'s' if count > 1 else ''} à niveau à faire). Tapez : explor migrate"
        )


def _failure_of(fault: Exception) -> Failure | None:
    """Return the failure for a database error that has a known cause; None for any other error.

    The known causes are a database that cannot be reached, does not exist, or lacks a table or
    column.
    """
    from django.db import OperationalError

    state = getattr(fault.__cause__, "sqlstate", None)
    reason = next(iter(str(fault).strip().splitlines()), "")
    if state == NO_SUCH_DATABASE or NO_DATABASE.search(reason):
        return Failure(
            "La base de données nommée par DATABASE_URL n’existe pas. "
            "Créez-la avec createdb, puis tapez : explor migrate"
        )
    if state in UNDEFINED:
        return Failure(
            "La base de données n’est pas au niveau de cette version d’Explor. "
            "Tapez : explor migrate"
        )
    if isinstance(fault, OperationalError):
        return Failure(
            f"La base de données ne répond pas ({reason}). "
            "Démarrez PostgreSQL ou corrigez DATABASE_URL, puis tapez : explor doctor"
        )
    return None
