"""What counts as an outage: the database is away, locked, read-only, or a disk is full."""

import errno
from collections.abc import Iterator

import django.db
import psycopg
from psycopg import errors

AWAY = (
    django.db.OperationalError,
    django.db.InterfaceError,
    psycopg.OperationalError,
    psycopg.InterfaceError,
    errors.ReadOnlySqlTransaction,
    errors.IdleInTransactionSessionTimeout,
)
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


def is_outage(error: BaseException | None) -> bool:
    """Return whether the installation cannot work now, so that the same act may succeed later.

    The library of jobs and Django wrap the error of the driver: its causes are read too.
    """
    return any(
        isinstance(each, AWAY) or (isinstance(each, OSError) and each.errno in FULL)
        for each in _causes(error)
    )


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__
