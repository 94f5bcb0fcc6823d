"""Django set up for a command, on a database that answers."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from .failure import Failure


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
    """Django, and the embedded server when `DATABASE_URL` names no other.

    The address goes down to child processes, which then start no server of their own.
    """
    load()
    from django.conf import settings
    from django.db import OperationalError, connections

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
    except OperationalError as fault:
        reason = str(fault).strip()
        raise Failure(f"La base de données ne répond pas (DATABASE_URL) : {reason}") from fault
