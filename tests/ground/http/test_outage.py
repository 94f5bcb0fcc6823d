"""Without its database, Explor answers 503 everywhere, and shows the typed values back."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import InterfaceError, InternalError, OperationalError, connection
from django.test import Client
from procrastinate.exceptions import ConnectorException

from explor.ground.http.outage import is_outage
from factories import OfficerFactory

AWAY = OperationalError("the connection is lost")
PAGES = ["/", "/projets/", "/compte/", "/compte/login/", "/dispositif/", "/verifier/", "/donnees/"]
JSON = ["/api/v1/projets", "/sante/pret"]


@contextmanager
def without_database(error: Exception = AWAY) -> Iterator[list[str]]:
    """Make every query fail within the block; yield the list of those that were tried."""
    tried: list[str] = []

    def fail(execute: Any, sql: str, *args: Any) -> None:
        tried.append(sql)
        raise error

    with connection.execute_wrapper(fail):
        yield tried


@pytest.fixture
def visitor(db: None, settings: Any) -> Client:
    """Return the browser of an officer who is signed in, which shows errors as pages."""
    settings.EXPLOR_DEMO = True
    client = Client(raise_request_exception=False)
    client.force_login(OfficerFactory(network__slug="alizes").person)
    return client


@pytest.fixture
def stranger(db: None) -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("url", [*PAGES, "/reseau/alizes/", "/nulle-part/"])
def test_a_page_of_a_signed_in_person_answers_503_without_the_database(
    visitor: Client, url: str
) -> None:
    with without_database():
        response = visitor.get(url)
    if url in ("/compte/login/", "/verifier/", "/nulle-part/") and response.status_code != 503:
        assert response.status_code in (200, 404)  # shown without any query
        return
    assert response.status_code == 503
    assert response["Retry-After"] == "10"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "Explor revient dans un instant" in response.content.decode()


@pytest.mark.parametrize("url", PAGES)
def test_a_public_page_answers_503_without_the_database_only_if_it_queries_it(
    stranger: Client, url: str
) -> None:
    with without_database() as tried:
        response = stranger.get(url)
    expected = 503 if tried else (302 if url == "/compte/" else 200)
    assert response.status_code == expected


@pytest.mark.parametrize("url", JSON)
@pytest.mark.parametrize("who", ["visitor", "stranger"])
def test_the_api_and_the_health_check_answer_503_in_json(
    request: pytest.FixtureRequest, who: str, url: str
) -> None:
    client = request.getfixturevalue(who)
    with without_database():
        response = client.get(url)
    assert (response.status_code, response.json()["status"]) == (503, "unavailable")
    assert response["Retry-After"] == "10"


def test_the_liveness_check_succeeds_without_the_database(stranger: Client) -> None:
    with without_database():
        assert stranger.get("/sante").status_code == 200


def test_a_form_sent_during_a_database_outage_is_shown_back_without_the_password(
    stranger: Client,
) -> None:
    typed = {"login": "ada@exemple.fr", "password": "secret-de-ada"}
    with without_database():
        response = stranger.post("/compte/login/", typed)
    page = response.content.decode()
    assert response.status_code == 503
    assert page.count("ada@exemple.fr") == 1
    assert page.count("secret-de-ada") == 0
    assert "valider de" in page


def test_a_page_requested_during_a_database_outage_tries_at_most_two_queries(
    visitor: Client,
) -> None:
    with without_database() as tried:
        visitor.get("/reseau/alizes/")
    assert len(tried) <= 2  # the session, then the person for the line of the log


def caused_by(error: Exception, wrapper: Exception) -> Exception:
    wrapper.__cause__ = error
    return wrapper


@pytest.mark.parametrize(
    "error",
    [
        OperationalError(),
        InterfaceError("connection already closed"),
        caused_by(psycopg.errors.DiskFull(), OperationalError()),
        caused_by(psycopg.errors.LockNotAvailable(), OperationalError()),
        caused_by(psycopg.errors.ReadOnlySqlTransaction(), InternalError()),
        caused_by(psycopg.OperationalError(), ConnectorException()),
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EROFS, "Read-only file system"),
    ],
    ids=repr,
)
def test_a_missing_locked_read_only_or_full_database_counts_as_an_outage(
    error: Exception, visitor: Client
) -> None:
    assert is_outage(error)
    with without_database(error):
        assert visitor.get("/reseau/alizes/").status_code == 503


@pytest.mark.parametrize(
    "error",
    [
        ValueError(),
        caused_by(psycopg.errors.InFailedSqlTransaction(), InternalError()),
        OSError(errno.ENOENT, "No such file"),
    ],
    ids=repr,
)
def test_a_database_error_that_is_not_an_outage_answers_500(
    error: Exception, visitor: Client
) -> None:
    assert not is_outage(error)
    with without_database(error):
        assert visitor.get("/reseau/alizes/").status_code == 500


def test_a_write_in_a_read_only_database_answers_503(visitor: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL transaction_read_only = on")
    assert visitor.post("/compte/logout/").status_code == 503
