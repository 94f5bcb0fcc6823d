"""Outages: an absent mail server loses no message, a full disk leaves no partial row or file."""

import errno
import smtplib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone
from PIL import Image

from explor.ground.audit.models import Entry
from explor.ground.files.actions import remove_orphan_files
from explor.ground.files.models import Document
from explor.ground.mail import actions
from explor.ground.mail.models import Delivery, Message
from explor.ground.mail.tasks import PATIENT
from explor.journey.admissibility.models import Paper
from explor.journey.calls.models import RequestedPaper
from explor.site.administration.selectors import upkeep
from factories import NeedFactory, association_actor, wearing
from support.outages import clockwork
from support.soak import length

pytestmark = [pytest.mark.soak, pytest.mark.django_db]
START = datetime(2026, 11, 2, 8, tzinfo=UTC)
MESSAGES = 20


def test_no_message_is_lost_during_a_mail_outage_and_a_single_alert_reports_the_outage(
    monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    hours = length(2, 24)
    send = EmailMessage.send

    def away(self: EmailMessage, fail_silently: bool = False) -> int:
        raise smtplib.SMTPConnectError(421, "away")

    with clockwork(START) as worker:
        for number in range(MESSAGES):
            actions.notify(
                to=f"a{number}@exemple.test", kind="needs.submit", subject=f"Reçu {number}",
                body="Bonjour", urgent=True,
            )  # fmt: skip
        monkeypatch.setattr(EmailMessage, "send", away)
        worker.run_due(START)
        for hour in range(hours):
            worker.run_until(START + timedelta(hours=hour + 1))
            assert actions.resend_forgotten() == 0  # each still has its job
        alerts = [each.what for each in upkeep.findings() if "messages" in each.what]
        assert [each for each in upkeep.findings() if each.what == alerts[0] and each.fine] == []
        assert len(alerts) == 1
        monkeypatch.setattr(EmailMessage, "send", send)
        worker.run_until(START + timedelta(hours=hours + 1))
    moments = sorted({*worker.tried})
    waits = [later - sooner for sooner, later in pairwise(moments)]
    assert waits == sorted(waits)
    assert len(moments) < PATIENT.max_attempts
    assert sorted(each.subject for each in mail.outbox) == sorted(
        f"Reçu {number}" for number in range(MESSAGES)
    )
    assert set(Message.objects.values_list("delivery", flat=True)) == {Delivery.SENT}
    record_property(
        "figure",
        f"mail server away for {hours} h: {MESSAGES} messages, 0 lost, {len(moments)} attempts"
        f" each, {waits[0].seconds} then {waits[-1].seconds} s apart, 1 alert",
    )


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS])
def test_an_upload_on_a_full_disk_answers_503_and_leaves_neither_row_nor_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any, number: int
) -> None:
    settings.MEDIA_ROOT = tmp_path
    need = NeedFactory()
    asked = RequestedPaper.objects.create(call=need.call, label="Statuts")
    client: Client = wearing(association_actor(need.association))
    client.raise_request_exception = False
    before = Entry.objects.count()

    def full(self: FileSystemStorage, name: str, content: Any) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.read(10))
        raise OSError(number, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    response = client.post(
        f"/association/{need.association.slug}/pieces/{need.pk}/",
        {f"file_{asked.pk}": SimpleUploadedFile("statuts.png", picture())},
    )
    assert response.status_code == 503
    assert response["Retry-After"] == "10"
    assert "Explor revient dans un instant" in response.content.decode()
    assert (Document.objects.count(), Paper.objects.count()) == (0, 0)
    assert Entry.objects.count() == before
    # The part of the file written before the disk was full is deleted at night, as an orphan.
    remove_orphan_files(now=timezone.now() + timedelta(days=2))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def picture() -> bytes:
    made = BytesIO()
    Image.new("RGB", (40, 40), "navy").save(made, "PNG")
    return made.getvalue()
