"""The doctor names what is wrong, and only that."""

from argparse import Namespace
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.db import connection

from explor.site.administration.selectors import checks
from explor.site.cli import doctor
from explor.site.cli.failure import Failure


@pytest.fixture(autouse=True)
def on_the_test_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explor.site.cli.framework.any_database", nullcontext)


def wrong() -> dict[str, str]:
    return {
        finding.what: finding.said
        for finding in doctor.findings()
        if finding.matters and not finding.fine
    }


def test_a_healthy_installation_has_nothing_wrong(db: None) -> None:
    assert wrong() == {}
    assert doctor.run(Namespace()) == 0


def test_every_fault_says_how_to_mend_it(db: None) -> None:
    assert [
        finding.what for finding in doctor.findings() if not finding.fine and not finding.mend
    ] == []


def test_a_missing_extension_is_found(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pg_extension SET extname = 'autre' WHERE extname = 'pg_trgm'")
    assert wrong() == {"extensions": "il manque pg_trgm"}


def test_a_missing_migration_is_found(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'audit'")
    assert "migrations" in wrong()


def test_production_needs_its_own_keys_and_mail(db: None, settings: object) -> None:
    settings.PRODUCTION = True  # type: ignore[attr-defined]
    settings.EMAIL_HOST = ""  # type: ignore[attr-defined]
    assert list(wrong()) == ["clés secrètes", "courrier"]


def test_a_folder_that_cannot_be_written_is_found(settings: object, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings.VAR = tmp_path / "file" / "var"  # type: ignore[attr-defined]
    assert not checks.folder().fine


def test_a_database_that_is_away_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise Failure("La base de données ne répond pas.")

    monkeypatch.setattr("explor.site.cli.framework.any_database", away)
    assert wrong() == {"base de données": "La base de données ne répond pas."}
