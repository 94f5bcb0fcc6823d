"""The checks of the upkeep of an installation, each with its remedy."""

import json
import subprocess
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from explor.ground.files.models import Document, Scan
from explor.ground.mail.models import Delivery, Message
from explor.site.administration.actions import record_backup
from explor.site.administration.models import Backup
from explor.site.administration.selectors import health, upkeep
from support.clamd import FakeClamd

pytestmark = pytest.mark.django_db


def waiting(*, minutes: int) -> None:
    message = Message.objects.create(
        to="a@b.example",
        kind="x.y",
        subject="s",
        body="b",
        delivery=Delivery.WAITING,
        message_id=f"<{minutes}@b.example>",
    )
    since = timezone.now() - timedelta(minutes=minutes)
    Message.objects.filter(pk=message.pk).update(created_at=since)


def leave_a_job_running() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status)"
            " VALUES ('default', 'mail.send', 'doing')"
        )


def test_the_checks_name_a_job_left_as_running_by_a_killed_worker() -> None:
    assert upkeep.jobs().fine
    leave_a_job_running()
    finding = upkeep.jobs()
    assert (finding.fine, finding.observed) == (False, "1 laissée en route : mail.send")


def held(*, minutes: int) -> None:
    since = timezone.now() - timedelta(minutes=minutes)
    Document.objects.create(size=1, scan=Scan.WAITING, uploaded_at=since)


def test_a_missing_antivirus_is_reported_only_when_files_wait_for_a_scan(settings: Any) -> None:
    settings.CLAMD = ""
    assert (upkeep.scanner().fine, upkeep.scanner().observed) == (True, "aucun n’est réglé")
    held(minutes=1)
    finding = upkeep.scanner()
    assert (finding.fine, finding.observed) == (
        False,
        "aucun n’est réglé, 1 fichier(s) en quarantaine",
    )


def test_the_check_of_the_antivirus_reports_an_absence_with_the_number_of_waiting_files(
    clamd: FakeClamd, settings: Any
) -> None:
    assert (upkeep.scanner().fine, upkeep.scanner().observed) == (
        True,
        "répond, aucun fichier n’attend",
    )
    held(minutes=5)
    assert (upkeep.scanner().fine, upkeep.scanner().observed) == (
        True,
        "répond, 1 fichier(s) en quarantaine",
    )
    held(minutes=50)
    assert not upkeep.scanner().fine
    settings.CLAMD = "127.0.0.1:9"
    finding = upkeep.scanner()
    assert (finding.fine, finding.observed.startswith("absent (")) == (False, True)
    assert finding.observed.endswith("2 fichier(s) en quarantaine")


def test_an_email_that_waits_for_half_an_hour_is_reported_as_late() -> None:
    assert upkeep.outbox().observed == "aucun n’attend"
    waiting(minutes=20)
    assert upkeep.outbox().fine
    waiting(minutes=200)
    finding = upkeep.outbox()
    assert (finding.fine, finding.observed) == (False, "le plus ancien attend depuis 3 h")


def test_a_backup_is_reported_as_due_after_a_day_and_a_half() -> None:
    assert (upkeep.backup().fine, upkeep.backup().observed) == (False, "aucune")
    backup = record_backup(name="a.tar", size=1, files=0)
    assert upkeep.backup().fine
    Backup.objects.filter(pk=backup.pk).update(made_at=timezone.now() - timedelta(days=3))
    assert (upkeep.backup().fine, upkeep.backup().observed) == (False, "la dernière a 3 jours")


def test_a_rehearsal_of_the_restoration_is_due_twice_a_year(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    assert upkeep.rehearsal().observed == "aucun"
    for days, fine in ((3, True), (201, False)):
        at = datetime.now(UTC) - timedelta(days=days)
        upkeep.rehearsal_note().write_text(json.dumps({"at": at.isoformat()}))
        assert (upkeep.rehearsal().fine, upkeep.rehearsal().observed) == (
            fine,
            f"le dernier a {days} jours",
        )
    upkeep.rehearsal_note().write_text("abîmé")
    assert not upkeep.rehearsal().fine


def test_a_clock_difference_between_the_database_and_this_machine_is_reported(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert upkeep.clock().fine
    monkeypatch.setattr(upkeep, "OFFSET", 0.0)
    assert not upkeep.clock().fine


def test_the_check_of_the_database_encoding_and_collation_passes() -> None:
    finding = upkeep.collation()
    assert not finding.matters
    assert finding.observed.startswith("UTF8, tri ")


@pytest.mark.parametrize(
    ("row", "fine", "matters", "fix"),
    [
        (("UTF8", "fr", "C.UTF-8", True, True, True), True, False, ""),
        (("LATIN1", "C", "C", True, True, True), False, True, "recréez la base"),
        (("UTF8", "C", "C", False, True, False), False, True, "recréez la base"),
        (("UTF8", "fr_FR.UTF-8", "C", True, False, True), False, True, "REINDEX"),
        (("UTF8", "C.UTF-8", "C", True, True, False), False, False, "recherche et listes"),
    ],
)
def test_a_wrong_language_setting_of_the_database_is_an_error_or_a_remark_with_its_fix(
    row: Any, fine: bool, matters: bool, fix: str
) -> None:
    finding = upkeep.language(*row)
    assert (finding.fine, finding.matters) == (fine, matters)
    assert fine or finding.fix.startswith(fix)
    assert finding.observed.startswith(f"{row[0]}, tri {row[1]}, lettres {row[2]}")


def test_the_https_certificate_is_no_problem_without_https_or_when_the_site_is_unreachable(
    settings: Any,
) -> None:
    settings.EXPLOR_URL = "http://explor.example"
    assert upkeep.certificate().observed == "sans objet : EXPLOR_URL est en http"
    settings.EXPLOR_URL = "https://127.0.0.1:1"
    finding = upkeep.certificate(timeout=1)
    assert finding.fine
    assert finding.observed.startswith("non vérifié : 127.0.0.1:1 ne répond pas d’ici")


@pytest.mark.parametrize(("days", "fine"), [(60, True), (5, False)])
def test_an_https_certificate_is_reported_two_weeks_before_its_end(
    settings: Any, monkeypatch: pytest.MonkeyPatch, days: int, fine: bool
) -> None:
    settings.EXPLOR_URL = "https://explor.example"
    end = datetime.now(UTC) + timedelta(days=days, hours=1)
    monkeypatch.setattr(upkeep, "_expiry", lambda host, port, timeout: end)
    finding = upkeep.certificate()
    assert (finding.fine, finding.observed) == (fine, f"valable encore {days} jours")


def test_the_health_check_lists_the_problems_and_still_answers_200(settings: Any) -> None:
    waiting(minutes=31)
    response = Client().get("/sante/pret")
    assert response.status_code == 200
    assert response.json()["remarks"] == [
        {
            "what": "messages à envoyer",
            "said": "le plus ancien attend depuis 31 min",
            "mend": "lancez explor worker, puis vérifiez EMAIL_HOST",
        }
    ]


def test_the_version_is_given_without_a_revision_when_git_does_not_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def hang(command: Any, **options: Any) -> None:
        raise subprocess.TimeoutExpired(command, options["timeout"])

    monkeypatch.setattr(health.subprocess, "run", hang)
    assert health.installed_version.__wrapped__() == version("explor")
