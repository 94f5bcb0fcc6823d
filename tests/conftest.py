"""For the whole suite: settings that suit tests, a database of its own, inputs kept beside."""

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
    """A fast password hash, and static files served as they are in the sources."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": plain}}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, testrun_uid: str) -> None:
    """On a server shared with others, the database of each run has a name of its own."""
    from django.conf import settings

    test = settings.DATABASES["default"]["TEST"]
    worker = (test.get("NAME") or "").rpartition("_")[2]
    test["NAME"] = f"test_explor_{testrun_uid[:8]}_{worker}".rstrip("_")


@pytest.fixture
def shared() -> Callable[[str], Path]:
    """A file kept beside the checkout; where it is absent, the test says so and is skipped."""

    def find(path: str) -> Path:
        found = ROOT.parent / "shared" / path
        if not found.exists():
            pytest.skip(f"{path} : absent à côté de ce dossier")
        return found

    return find
