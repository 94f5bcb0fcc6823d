"""Connection as the database role that owns the tables, if it differs from the site's role."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from .failure import Failure

GRANTS = """
    GRANT USAGE ON SCHEMA public TO {role};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
    GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {role};
    REVOKE UPDATE, DELETE ON audit_entry, audit_block, audit_place, audit_head FROM {role};
    REVOKE UPDATE ON audit_access FROM {role};
    -- The erasure of a person rewrites what names them; the purge locks the rows that it deletes.
    GRANT UPDATE (name, acting_for, reason, details, second_seal) ON audit_entry TO {role};
    GRANT UPDATE (id) ON audit_access TO {role};
"""


@contextmanager
def owning() -> Iterator[None]:
    """Context manager: connect as the owner of the tables, if `DATABASE_OWNER_URL` is set.

    At the end, the role of the site is granted the rights it needs, but not to change the journal.

    Raises:
        Failure: this setting leads to a different database than the site's.
    """
    from django.conf import settings
    from django.db import connection

    from explor.site.config.database import configured

    if not settings.DATABASE_OWNER_URL:
        yield
        return
    own, site = configured(settings.DATABASE_OWNER_URL), connection.settings_dict
    ours = _identity()
    connection.close()
    connection.settings_dict = {**site, **own}
    try:
        if _identity() != ours:
            raise Failure(
                "DATABASE_OWNER_URL et DATABASE_URL ne mènent pas à la même base : rien n’est "
                "touché. Corrigez l’une des deux."
            )
        yield
        grant(site["USER"])
    finally:
        connection.close()
        connection.settings_dict = site


def _identity() -> tuple[str, datetime]:
    """Return (name, start time of the server), which identify a database."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), pg_postmaster_start_time()")
        name, started = cursor.fetchone()
    return name, started


def grant(role: str) -> None:
    """Grant a role all rights that the site needs, but not to change or empty the journal."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(GRANTS.format(role=connection.ops.quote_name(role)))
