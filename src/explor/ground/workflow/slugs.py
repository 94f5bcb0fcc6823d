"""The choice of a slug, by one transaction at a time."""

from django.db import connection

CHOICE = 7_203_142  # key of the advisory lock


def choose_alone() -> None:
    """Wait until no other transaction is choosing a slug; the next one waits for the end of this.

    Two rows of the same name created at once would otherwise both take the first free slug, and
    the unique index would end one of the two acts with an error.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHOICE])
