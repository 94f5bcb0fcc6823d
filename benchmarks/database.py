"""A database of its own for a benchmark, deleted at its end."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def temporary() -> Iterator[None]:
    """Context manager: create a database with its tables; delete it at the end of the block.

    The caller has already set Django up, with the address of a server.
    """
    from django.db import connection
    from django.test.utils import setup_test_environment

    setup_test_environment(debug=False)
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
