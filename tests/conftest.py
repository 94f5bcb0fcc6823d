"""Settings for the tests, the database of a run, and inputs kept beside the checkout."""

from collections.abc import Callable
from pathlib import Path

import pytest

pytest_plugins = [
    "support.tripwires",
    "support.browser",
    "support.jobs",
    "support.flush",
    "support.sessions",
]

ROOT = Path(__file__).parents[1]


def pytest_configure(config: pytest.Config) -> None:
    """Use a fast password hash, and static files as they are in the sources."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": plain}}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, testrun_uid: str) -> None:
    """Name the database after the run, since others may share the server."""
    from django.conf import settings

    test = settings.DATABASES["default"]["TEST"]
    worker = (test.get("NAME") or "").rpartition("_")[2]
    test["NAME"] = f"test_explor_{testrun_uid[:8]}_{worker}".rstrip("_")


@pytest.fixture
def shared() -> Callable[[str], Path]:
    """Return a finder of files kept beside the checkout, which skips the test without the file."""

    def find(path: str) -> Path:
        file = ROOT.parent / "shared" / path
        if not file.exists():
            pytest.skip(f"{path} : absent à côté de ce dossier")
        return file

    return find
