"""Quarantine of uploaded files until the antivirus scans them; later scans; infected files."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from explor.ground.audit import actions as audit
from explor.ground.http.actor import SYSTEM

from .. import emails
from ..engine.scanner import ScannerAway, Unscanned, threat_in
from ..models import Document, Scan

logger = structlog.get_logger(__name__)

JOB = "files.scan"
AGAIN = timedelta(days=30)
AT_ONCE = 500  # maximum number of documents scanned again in one night


def quarantine(document: Document) -> None:
    """Put a new document in quarantine and queue its scan; do nothing without an antivirus.

    The caller saves the document, in the same transaction.
    """
    if not settings.CLAMD:
        return
    document.scan = Scan.WAITING
    try:
        with transaction.atomic():
            app.configure_task(JOB, queueing_lock=JOB).defer()
    except AlreadyEnqueued:
        pass  # the job that is already queued will scan this document too


def scan_waiting() -> int:
    """Scan the documents in quarantine, the oldest first; return how many were scanned.

    Stop when the antivirus cannot be reached; scan nothing when none is set up.
    """
    return _scan_all(Document.objects.waiting().order_by("pk").iterator())


def rescan(*, now: datetime | None = None) -> int:
    """Scan again the oldest 500 documents not scanned for a month; return how many were scanned.

    Stop when the antivirus cannot be reached; scan nothing when none is set up.
    """
    late = Document.objects.to_scan_again((now or timezone.now()) - AGAIN)
    return _scan_all(late.order_by("scanned_at", "pk")[:AT_ONCE])


def _scan_all(documents: Iterable[Document]) -> int:
    """Scan documents until the antivirus becomes unreachable; return how many were scanned."""
    count = 0
    try:
        for document in documents if settings.CLAMD else ():
            count += _scan(document)
    except ScannerAway as away:
        logger.warning("scanner_away", scanned=count, reason=str(away))
    return count


def _scan(document: Document) -> bool:
    """Scan a document; return whether the antivirus gave a verdict.

    Raises:
        ScannerAway: the antivirus cannot be reached.
    """
    try:
        with document.file.open("rb") as file:
            threat = threat_in(file, settings.CLAMD)
    except (Unscanned, FileNotFoundError) as fault:
        logger.error("document_unscanned", document=document.pk, reason=str(fault))
        return False
    if threat:
        refuse_infected(document, threat=threat)
    else:
        verdict = {"scan": Scan.CLEAN, "scanned_at": timezone.now()}
        Document.objects.filter(pk=document.pk).exclude(scan=Scan.INFECTED).update(**verdict)
    return True


@transaction.atomic
def refuse_infected(document: Document, *, threat: str) -> None:
    """Erase the file of an infected document; notify its uploader and its network.

    The administrators are notified if the document has no network. Do nothing if the document was
    deleted or refused meanwhile.

    Args:
        document: the document, whose row stays.
        threat: the name that the antivirus gives to the threat.
    """
    row = Document.objects.select_for_update().filter(pk=document.pk).first()
    if row is None or row.scan == Scan.INFECTED:
        return  # the document was deleted or refused meanwhile
    name, was_read = str(row.file.name), row.scan != Scan.WAITING
    row.scan, row.threat, row.scanned_at = Scan.INFECTED, threat[:200], timezone.now()
    row.file = ""
    row.save()
    audit.log(row, "refuse_infected", by=SYSTEM, reason=row.threat)
    emails.infected(row, was_readable=was_read)
    transaction.on_commit(lambda: default_storage.delete(name), robust=True)
