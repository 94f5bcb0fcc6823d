"""The antivirus: quarantine, verdict, refusal, and monthly scans of stored files."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import RequestFactory
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from explor.ground.audit.models import Entry
from explor.ground.files import actions
from explor.ground.files.engine.scanner import ScannerAway, Unscanned, check, threat_in
from explor.ground.files.models import Document, Scan
from explor.ground.files.selectors import quarantine
from explor.ground.files.views.files import download, download_original, show
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.sanitize import ReceivedFile, SanitizedFile
from explor.ground.mail.models import Message
from factories import OfficerFactory, PersonFactory
from support.clamd import NAME, VIRUS, FakeClamd

from .conftest import READER, issue

pytestmark = pytest.mark.django_db


def store(owner, content: bytes = b"une image", by: Actor = READER, **more) -> Document:
    file = SanitizedFile(content=content, mime="image/png")
    about = {"kind": "voucher", "title": "Reçu", "owner": owner, "network": owner.pk}
    return actions.store(file=file, by=by, **{**about, **more})


def refused(document: Document) -> str:
    with pytest.raises(ActionNotAllowed) as refusal:
        download(document, by=READER)
    return str(refusal.value)


def test_without_antivirus_a_file_is_served_at_once(owner):
    document = store(owner)
    assert (document.scan, ProcrastinateJob.objects.count()) == (Scan.NONE, 0)
    assert download(document, by=READER).status_code == 200
    assert actions.scan_waiting() == 0


def test_a_file_is_served_only_after_the_antivirus_scan(owner, clamd: FakeClamd, run_jobs):
    document = store(owner)
    assert refused(document).startswith("Ce fichier est en attente de contrôle")
    with pytest.raises(Http404):
        show(RequestFactory().get("/"), document)
    assert run_jobs() == ["files.scan"]
    document.refresh_from_db()
    assert (document.scan, document.scanned_at is not None) == (Scan.CLEAN, True)
    assert b"".join(download(document, by=READER)) == b"une image"
    assert clamd.read == [b"une image"]


def test_two_uploaded_files_schedule_a_single_scan_job(owner, clamd, run_jobs):
    documents = [store(owner), store(owner)]
    assert ProcrastinateJob.objects.count() == 1
    run_jobs()
    assert [Document.objects.get(pk=each.pk).scan for each in documents] == [Scan.CLEAN] * 2


def test_an_original_file_is_quarantined_like_its_sanitized_copy(owner, clamd):
    clean = SanitizedFile(content=b"copie", mime="image/png")
    file = ReceivedFile(content=b"tel quel", clean=clean)
    original = actions.store_original(
        file=file, kind="signed_paper", title="Papier", owner=owner, by=READER
    )
    with pytest.raises(ActionNotAllowed):
        download_original(original, by=READER)


def test_a_document_issued_by_explor_is_not_quarantined(owner, clamd):
    assert issue(owner).scan == Scan.NONE


def test_files_stay_in_quarantine_while_the_antivirus_is_unavailable(owner, clamd, run_jobs):
    clamd.close()
    document = store(owner)
    run_jobs()
    document.refresh_from_db()
    assert document.scan == Scan.WAITING
    assert (quarantine().count, quarantine().is_late) == (1, False)
    Document.objects.update(uploaded_at=timezone.now() - timedelta(hours=1))
    assert quarantine().is_late


def test_files_in_quarantine_are_scanned_once_the_antivirus_is_available_again(
    owner, settings, clamd
):
    settings.CLAMD = "127.0.0.1:9"
    document = store(owner)
    assert actions.scan_waiting() == 0
    settings.CLAMD = clamd.address
    assert actions.scan_waiting() == 1
    document.refresh_from_db()
    assert document.scan == Scan.CLEAN


def test_files_stay_in_quarantine_when_the_antivirus_setting_is_removed(owner, settings, clamd):
    document = store(owner)
    settings.CLAMD = ""
    assert actions.scan_waiting() == 0
    assert "en attente" in refused(document)


@pytest.fixture
def infected(owner, clamd, django_capture_on_commit_callbacks) -> Document:
    """Return a document that the antivirus refused, with its uploader and an officer to notify."""
    OfficerFactory(network=owner, person__email="reseau@exemple.test")
    person = PersonFactory(email="awa@exemple.test")
    document = store(owner, VIRUS, by=Actor(person=person.pk, name="Awa", role="association"))
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.scan_waiting() == 1
    document.refresh_from_db()
    return document


def test_an_infected_file_is_erased_and_its_row_stays_with_the_reason(infected, media):
    assert (infected.scan, infected.threat, infected.file.name) == (Scan.INFECTED, NAME, "")
    assert [path for path in media.rglob("*") if path.is_file()] == []
    assert refused(infected).startswith("L’antivirus a refusé ce fichier")
    entry = Entry.objects.about(infected).filter(verb="refuse_infected").get()
    assert (entry.reason, entry.role) == (NAME, "systeme")


def test_the_uploader_and_the_network_of_an_infected_file_are_notified(infected):
    messages = Message.objects.order_by("to")
    assert [each.to for each in messages] == ["awa@exemple.test", "reseau@exemple.test"]
    for each in messages:
        assert NAME in each.body
        assert "Personne n’a pu l’ouvrir." in each.body


def test_refusing_an_infected_file_a_second_time_changes_nothing(infected):
    actions.refuse_infected(infected, threat="Autre")
    infected.refresh_from_db()
    assert (infected.threat, Message.objects.count()) == (NAME, 2)


def test_an_infected_file_removed_during_its_scan_is_ignored(owner, clamd):
    document = store(owner, VIRUS)
    gone = Document.objects.get(pk=document.pk)
    document.delete()
    actions.refuse_infected(gone, threat=NAME)
    assert Message.objects.count() == 0


def test_an_infected_file_can_be_removed_by_hand_like_any_other_file(
    infected, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        actions.discard(infected, reason="Infecté", by=READER)
    assert Document.objects.count() == 0


@pytest.mark.parametrize(
    "answer", [b"INSTREAM size limit exceeded. ERROR\0", b"\0", b"stream: FOUND\0"]
)
def test_a_file_without_scan_verdict_stays_in_quarantine_and_does_not_stop_the_others(
    owner, clamd, answer
):
    documents = [store(owner), store(owner)]
    clamd.answer = answer
    assert actions.scan_waiting() == 0
    assert len(clamd.read) == 2
    clamd.answer = None
    assert actions.scan_waiting() == 2
    assert [Document.objects.get(pk=each.pk).scan for each in documents] == [Scan.CLEAN] * 2


def test_a_stored_file_is_scanned_by_the_antivirus_again_after_a_month(owner, clamd, settings):
    settings.CLAMD = ""
    former = store(owner)
    settings.CLAMD = clamd.address
    issue(owner)
    assert actions.rescan() == 1
    assert actions.rescan() == 0
    assert actions.rescan(now=timezone.now() + timedelta(days=31)) == 1
    former.refresh_from_db()
    assert former.scan == Scan.CLEAN


def test_the_message_about_a_file_found_infected_later_says_that_it_may_have_been_opened(
    owner, clamd, settings
):
    settings.CLAMD = ""
    OfficerFactory(network=owner)
    store(owner, VIRUS)
    settings.CLAMD = clamd.address
    assert actions.rescan() == 1
    assert "Il a pu être téléchargé avant" in Message.objects.get().body


def test_the_antivirus_scan_skips_a_missing_file(owner, clamd, media):
    document = store(owner)
    (media / str(document.file.name)).unlink()
    assert actions.scan_waiting() == 0


def test_the_database_refuses_an_infected_document_without_its_threat(owner):
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=store(owner).pk).update(scan=Scan.INFECTED)


def test_the_antivirus_scanner_can_be_reached_over_a_unix_socket(tmp_path, clamd):
    import socket

    clamd.listener = socket.create_server(str(tmp_path / "clamd.ctl"), family=socket.AF_UNIX)
    from threading import Thread

    Thread(target=clamd._serve, daemon=True).start()
    check(str(tmp_path / "clamd.ctl"))
    assert threat_in(BytesIO(VIRUS), f"unix:{tmp_path / 'clamd.ctl'}") == NAME


@pytest.mark.parametrize("address", ["127.0.0.1:9", "/nulle/part.ctl", "sans-port"])
def test_an_antivirus_scanner_that_cannot_be_reached_is_reported_as_unavailable(address):
    with pytest.raises(ScannerAway):
        check(address)


def test_an_antivirus_scanner_that_closes_without_answer_is_reported_as_unavailable(clamd):
    clamd.answer = b""
    with pytest.raises(ScannerAway):
        threat_in(BytesIO(b"x"), clamd.address)


def test_an_antivirus_answer_without_verdict_counts_as_no_verdict(clamd):
    clamd.answer = b"stream: OK maybe\0"
    with pytest.raises(Unscanned):
        threat_in(BytesIO(b"x"), clamd.address)


def test_a_long_file_is_sent_completely_to_the_antivirus(clamd):
    content = bytes(range(256)) * 1000
    assert threat_in(BytesIO(content), clamd.address) == ""
    assert clamd.read == [content]
