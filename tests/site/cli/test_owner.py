"""The database role of the site can do its work but cannot change or disarm the journal."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from explor.ground.audit.actions.accesses import note
from explor.ground.audit.models import Access, Entry
from explor.ground.http.actor import Actor
from explor.site.cli.failure import Failure
from explor.site.cli.owner import grant, owning
from support.journal import write

pytestmark = pytest.mark.django_db
ROLE = "explor_site_of_tests"


@contextmanager
def as_the_site() -> Iterator[None]:
    """Act as a role that was granted what the site needs; the role goes with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE}")
        grant(ROLE)
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
        try:
            yield
        finally:
            cursor.execute("RESET ROLE")


def refused(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        return "denied" in str(error) or "must be owner" in str(error)
    return False


def test_the_database_role_of_the_site_can_add_and_read_journal_lines() -> None:
    with as_the_site():
        write(3)
        note(Access.Type.SIGN_IN, by=Actor(person=1))
        assert Entry.objects.count() == 3


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET digest = ''",
        "UPDATE audit_block SET root = ''",
        "UPDATE audit_access SET person = 1",
        "DELETE FROM audit_entry",
        "DELETE FROM audit_place",
        "DELETE FROM audit_head",
        "TRUNCATE audit_access",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "SET LOCAL session_replication_role = replica",
        "DROP TABLE audit_block",
    ],
)
def test_the_database_role_of_the_site_can_neither_change_nor_disarm_the_journal(
    statement: str,
) -> None:
    with as_the_site():
        write(1)
        assert refused(statement)


def test_the_database_role_of_the_site_can_still_erase_a_name_from_the_journal() -> None:
    with as_the_site():
        write(1)
        line = Entry.objects.get()
        line.reason, line.second_seal = "", "0" * 64
        line.save(update_fields=["reason", "second_seal"])


@pytest.mark.django_db(transaction=True)
def test_a_role_that_owns_another_database_is_refused_before_anything_changes(
    settings: Any,
) -> None:
    """A restoration empties the database that this setting names."""
    site = connection.settings_dict
    settings.DATABASE_OWNER_URL = settings.DATABASE_URL  # not the database of the tests
    entered = False
    with pytest.raises(Failure, match="pas à la même base"), owning():
        entered = True
    assert (entered, connection.settings_dict) == (False, site)
