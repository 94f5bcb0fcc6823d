"""Allow tests that commit to empty every table, even the journal, whose triggers forbid it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.backends.postgresql.operations import DatabaseOperations

UNLOCK = "SET LOCAL session_replication_role = replica"
# Django does not manage the tables of jobs, so they are emptied by name.
EMPTY_QUEUE = "TRUNCATE procrastinate_jobs CASCADE"


@pytest.fixture(autouse=True, scope="session")
def journal_can_be_emptied() -> Iterator[None]:
    """Disable the triggers of the journal while the tables are emptied between tests."""
    flush = DatabaseOperations.execute_sql_flush

    def execute_sql_flush(self: Any, sql_list: list[str]) -> None:
        flush(self, [UNLOCK, EMPTY_QUEUE, *sql_list])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", execute_sql_flush)
        yield
