"""Django set up for a command, on a database that answers and is at the level of the code."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from .failure import Failure

UNDEFINED = ("42P01", "42703")  # PostgreSQL: no such table, no such column
NO_SUCH_DATABASE = "3D000"
# When the connection itself fails there is no code, only words, in the server's language.
NO_DATABASE = re.compile(r'database ".*" does not exist|base de données .* n.existe pas')


def load() -> None:
    """Set Django up, once; refuse settings that would be dangerous, in a sentence."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "explor.site.config.settings")
    try:
        django.setup()
    except ImproperlyConfigured as fault:
        raise Failure(str(fault)) from fault


@contextmanager
def database() -> Iterator[None]:
    """Django on a database at the level of the code, for a command that reads or writes rows.

    Raises:
        Failure: the database is away, was never made or is older; one sentence says what to type.
    """
    with any_database():
        require_made()
        require_current()
        yield


@contextmanager
def any_database() -> Iterator[None]:
    """Django on a database that answers, whatever it holds; starts the embedded server if needed.

    For the commands that make, mend, save or examine a database. Its address goes down to child
    processes, which then start no server of their own.
    """
    load()
    from django.conf import settings
    from django.db import DatabaseError, connections

    from explor.site.config.postgres import PostgresError
    from explor.site.config.unprivileged import AccountError

    try:
        with settings.EMBEDDED.running() if settings.EMBEDDED else nullcontext():
            os.environ["DATABASE_URL"] = settings.DATABASE_URL
            try:
                yield
            finally:
                connections.close_all()
    except (PostgresError, AccountError) as fault:
        raise Failure(str(fault)) from fault
    except DatabaseError as fault:
        if (failure := _failure_of(fault)) is None:
            raise
        raise failure from fault


def require_made() -> None:
    """Raise Failure unless `explor migrate` was run once on this database."""
    from django.db import connection

    if "django_migrations" not in connection.introspection.table_names():
        raise Failure("La base de données est vide. Tapez : explor migrate")


def require_current() -> None:
    """Raise Failure when migrations of this version are not applied yet."""
    from explor.site.administration.selectors.checks import waiting_migrations

    if count := len(waiting_migrations()):
        raise Failure(
            "La base de données est plus ancienne que cette version d’Explor "
            f"({count} mise{'s' if count > 1 else ''} à niveau à faire). Tapez : explor migrate"
        )


def _failure_of(fault: Exception) -> Failure | None:
    """Return the sentence for a database that is away, absent or older; None for other faults."""
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
