"""Settings for the tests, the database of a run, and files kept beside the checkout."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as examples

pytest_plugins = [
    "support.tripwires",
    "support.browser",
    "support.jobs",
    "support.flush",
    "support.sessions",
    "support.keys",
    "support.typography",
    "support.clamd",
    "support.accessible",
    "support.clock",
    "support.quiet",
]

ROOT = Path(__file__).parents[1]
# A busy machine may be slow to build an example, which is not a failure of the tested code.
examples.register_profile("explor", deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("explor")


def pytest_configure(config: pytest.Config) -> None:
    """Use a fast password hash, no limits, and static files as they are in the sources."""
    from django.conf import settings

    # tests send more requests than a person; the tests of limits set their own
    settings.REQUEST_LIMITS = {}
    # a slow machine must not refuse the requests of tests as too many at once
    settings.REQUESTS_AT_ONCE = (0, 0)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": plain}}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, testrun_uid: str, pytestconfig: pytest.Config
) -> None:
    """Name the database after the run, since others may share the server.

    With `--reuse-db`, `--testrunuid` names the database of the next runs.
    """
    from django.conf import settings

    run = pytestconfig.getoption("testrunuid", None) or testrun_uid
    test = settings.DATABASES["default"]["TEST"]
    worker = (test.get("NAME") or "").rpartition("_")[2]
    test["NAME"] = f"test_explor_{run[:8]}_{worker}".rstrip("_")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """End the connections left by the threads of a live server, before its database is deleted."""
    from django.db import connection

    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture
def shared() -> Callable[[str], Path]:
    """Return a finder of files kept beside the checkout, which skips the test without the file."""

    def find(path: str) -> Path:
        file = ROOT.parent / "shared" / path
        if not file.exists():
            pytest.skip(f"{path} : absent à côté de ce dossier")
        return file

    return find
