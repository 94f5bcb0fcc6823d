"""Web pages wait briefly for the database: an absent or frozen server is detected."""

import socket
import time
from collections.abc import Iterator
from contextlib import closing
from copy import deepcopy
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import OperationalError, connection

from explor.site.config import database
from explor.site.config.database.brief import presence
from explor.site.config.database.brief.base import DatabaseWrapper
from explor.site.config.database.brief.presence import PATIENCE, Presence, answers


@pytest.fixture
def silent(tmp_path: Path) -> Iterator[str]:
    """Return the folder of a socket that accepts connections and never says anything."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / ".s.PGSQL.5432"))
        server.listen()
        yield str(tmp_path)


@pytest.fixture
def brief(django_db_setup: None, django_db_blocker: Any) -> Iterator[DatabaseWrapper]:
    """Return the connection of a page to the database of the tests."""
    values = deepcopy(connection.settings_dict)
    database.make_brief(values, statement=1.2, lock=0.3)
    assert values["ENGINE"] + ".base" == DatabaseWrapper.__module__
    with django_db_blocker.unblock(), closing(DatabaseWrapper(values)) as wrapper:
        yield wrapper


def query(wrapper: DatabaseWrapper, sql: str) -> Any:
    with wrapper.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()


def test_the_presence_check_succeeds_for_a_running_database_server(django_db_setup: None) -> None:
    values = database.configured(settings.DATABASE_URL)
    assert answers(values["HOST"], int(values["PORT"] or 5432))


def test_the_presence_check_leaves_a_server_without_single_address_to_the_driver() -> None:
    assert answers("", 5432)
    assert answers("one.example,two.example", 5432)


def test_a_silent_database_server_counts_as_absent_after_a_time_limit(silent: str) -> None:
    started = time.monotonic()
    assert not answers(silent, 5432)
    assert PATIENCE <= time.monotonic() - started < PATIENCE + 1


def test_an_absent_database_server_is_not_contacted_again_at_once(
    silent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = Presence(silent, 5432)
    with pytest.raises(psycopg.OperationalError):
        known.require()
    asked: list[str] = []
    monkeypatch.setattr(presence, "answers", lambda host, port: bool(asked.append(host)) or True)
    with pytest.raises(psycopg.OperationalError):
        known.require()
    assert (asked, known.is_known_absent) == ([], True)
    monkeypatch.setattr(presence, "REST", 0)
    known._absent_until = time.monotonic()
    known.require()
    assert (asked, known.is_known_absent) == ([silent], False)


def test_a_long_query_is_not_interrupted_while_the_database_server_answers(
    brief: DatabaseWrapper,
) -> None:
    assert query(brief, "SELECT 1 FROM pg_sleep(1)") == (1,)


def test_a_query_longer_than_the_page_limit_counts_as_an_outage(brief: DatabaseWrapper) -> None:
    with pytest.raises(OperationalError):
        query(brief, "SELECT pg_sleep(5)")
    assert brief.is_usable()


def test_the_time_limits_of_web_pages_are_set_on_their_database_connections(
    brief: DatabaseWrapper,
) -> None:
    limits = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    assert [query(brief, f"SHOW {name}")[0] for name in limits] == ["1200ms", "300ms", "1min"]


def test_a_database_server_that_freezes_during_a_query_is_detected(
    brief: DatabaseWrapper, silent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    query(brief, "SELECT 1")
    monkeypatch.setattr(brief.connection, "presence", Presence(silent, 5432))
    started = time.monotonic()
    with pytest.raises(OperationalError, match="does not answer"):
        query(brief, "SELECT pg_sleep(5)")
    assert time.monotonic() - started < 1.9
    assert not brief.is_usable()


def test_the_connection_options_of_the_database_url_override_the_page_limits() -> None:
    made = database.configured("postgresql://a@b/c?connect_timeout=3&options=-c%20a.b%3D1")
    database.make_brief(made, statement=10, lock=1.5)
    assert made["OPTIONS"]["options"].startswith(
        "-c join_collapse_limit=4 -c a.b=1 -c statement_timeout=10000"
    )
    assert database.configured("postgresql://a@b/c?connect_timeout=3")["OPTIONS"][
        "connect_timeout"
    ] in (3, "3")
