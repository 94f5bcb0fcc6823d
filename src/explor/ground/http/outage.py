"""Detection of outages: database unreachable, locked or read-only, or disk full."""

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
    """Return whether an error comes from an outage, so that a retry may succeed later.

    Django and the job library wrap the error of the driver, so the causes are examined too.
    """
    return any(
        isinstance(each, AWAY) or (isinstance(each, OSError) and each.errno in FULL)
        for each in _causes(error)
    )


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__
