"""`explor doctor` reports each problem, and nothing else."""

from argparse import Namespace
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from explor.ground.ui import legal_notice as notice
from explor.site.administration.selectors import checks
from explor.site.cli import doctor
from explor.site.cli.failure import Failure


@pytest.fixture(autouse=True)
def on_the_test_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explor.site.cli.framework.any_database", nullcontext)


def wrong() -> dict[str, str]:
    return {
        finding.what: finding.observed
        for finding in doctor.findings()
        if finding.matters and not finding.fine
    }


def test_doctor_reports_nothing_on_a_healthy_installation(db: None) -> None:
    assert wrong() == {}
    assert doctor.run(Namespace()) == 0


def test_every_problem_reported_by_doctor_comes_with_a_way_to_fix_it(db: None) -> None:
    assert [
        finding.what for finding in doctor.findings() if not finding.fine and not finding.fix
    ] == []


def test_doctor_reports_a_missing_postgresql_extension(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pg_extension SET extname = 'autre' WHERE extname = 'pg_trgm'")
    assert wrong() == {"extensions": "il manque pg_trgm"}


def test_doctor_reports_a_migration_that_is_not_applied(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'audit'")
    assert "migrations" in wrong()


def test_doctor_reports_in_production_each_indispensable_setting_that_is_missing(
    db: None, settings: object, tmp_path: Path
) -> None:
    settings.SEAL_KEY = tmp_path / "absent.pem"  # type: ignore[attr-defined]
    settings.JOURNAL_SEAL_KEY = tmp_path / "absent.pem"  # type: ignore[attr-defined]
    settings.PRODUCTION = True  # type: ignore[attr-defined]
    settings.EMAIL_HOST = ""  # type: ignore[attr-defined]
    assert list(wrong()) == [
        *("clés secrètes", "réglages", "mentions légales", "clé des documents", "trousseau"),
        *("clé du journal", "courrier", "domaine des messages"),
        *("sauvegarde", "essai de restauration"),
    ]


def test_doctor_reports_a_data_folder_that_is_not_writable(
    settings: object, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    settings.VAR = tmp_path / "file" / "var"  # type: ignore[attr-defined]
    assert not checks.folder().fine


def test_doctor_reports_an_unreachable_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise Failure("La base de données ne répond pas.")

    monkeypatch.setattr("explor.site.cli.framework.any_database", away)
    assert wrong() == {"base de données": "La base de données ne répond pas."}


def test_doctor_remarks_in_production_on_a_missing_security_contact_or_proxy(
    db: None, settings: object
) -> None:
    settings.PRODUCTION = True  # type: ignore[attr-defined]
    remarks = {each.what for each in doctor.findings() if not each.fine and not each.matters}
    assert {"contact de sécurité", "mandataires"} <= remarks
    settings.EXPLOR_SECURITY_CONTACT = "securite@explor.example"  # type: ignore[attr-defined]
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1  # type: ignore[attr-defined]
    remarks = {each.what for each in doctor.findings() if not each.fine and not each.matters}
    assert not {"contact de sécurité", "mandataires"} & remarks


def test_doctor_reports_in_production_a_legal_notice_until_it_is_complete(settings: Any) -> None:
    settings.PRODUCTION = True
    assert "EXPLOR_DIRECTOR" in checks.legal_notice().observed
    for name in notice.SETTINGS:
        setattr(settings, name, "Quelqu’un")
    assert checks.legal_notice().fine
    settings.EXPLOR_HOSTING = " "
    assert checks.legal_notice().observed == "il manque EXPLOR_HOSTING"
    assert checks.legal_notice().matters
