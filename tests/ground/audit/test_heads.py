"""Copies of the head of the journal: on a public page, by e-mail, in the manifest of backups."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from explor.ground.audit import tasks
from explor.ground.audit.actions.heads import keep_head
from explor.ground.audit.models import Block, Entry, Head
from explor.ground.audit.rules import blocks as rules
from explor.ground.audit.rules import keyed
from explor.ground.audit.selectors import verify
from explor.ground.audit.selectors.heads import lengths
from explor.ground.mail.models import Message
from explor.site.administration import emails
from factories import AdministratorFactory, OfficerFactory
from support.journal import disable_triggers, seal_everything, write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def heads_apart(settings: Any, tmp_path: Any) -> None:
    settings.JOURNAL_HEADS = tmp_path / "heads.txt"


def headed() -> Head:
    write(3)
    seal_everything()
    head = keep_head()
    assert head is not None
    return head


def test_the_document_verification_page_shows_the_last_head_of_the_journal() -> None:
    assert "explor-head" not in Client().get("/verifier/").content.decode()
    head = headed()
    page = Client().get("/verifier/").content.decode()
    assert rules.line_of(head) in page


def test_the_head_of_the_journal_is_emailed_to_administrators_and_directors_only() -> None:
    director = OfficerFactory(position="direction").person
    OfficerFactory()
    administrator = AdministratorFactory().person
    emails.head_of_journal()
    assert not Message.objects.exists()
    head = headed()
    emails.head_of_journal()
    sent = Message.objects.order_by("pk")
    assert {each.to for each in sent} == {director.email.lower(), administrator.email.lower()}
    assert rules.heads_in(sent[0].body) == [head]
    emails.head_of_journal()
    assert sent.all().count() == 2


def test_the_sealing_job_schedules_its_next_run_only_while_new_journal_lines_come() -> None:
    write(2)
    while not Block.objects.exists():
        tasks.seal_blocks(0)
    assert ProcrastinateJob.objects.filter(task_name="audit.seal_blocks").count() == 1
    ProcrastinateJob.objects.all().delete()
    tasks.seal_blocks(0)
    assert not ProcrastinateJob.objects.exists()


def test_the_sealing_job_without_the_journal_key_logs_the_reason_and_does_not_fail(
    settings: Any, tmp_path: Any, caplog: Any
) -> None:
    write(1)
    settings.JOURNAL_SEAL_KEY, settings.PRODUCTION = tmp_path / "absent.pem", True
    for _ in range(20):
        tasks.seal_blocks(0)
    assert not Block.objects.exists()
    events = [each.msg for each in caplog.records if isinstance(each.msg, dict)]
    assert [each["event"] for each in events] == ["journal_key_unusable"] * 20
    assert "absent.pem" in events[0]["reason"]


def test_a_head_of_the_journal_made_before_blocks_existed_is_still_verified() -> None:
    write(4)
    end = Entry.objects.latest("pk").pk
    ((count, digest),) = lengths([end])
    seal = keyed(f"2026-01-02|{end}|{count}|{digest}")
    Head.objects.create(day="2026-01-02", last=end, count=count, digest=digest, seal=seal)
    write(2)
    assert list(verify()) == []
    with transaction.atomic():
        disable_triggers()
        Entry.objects.filter(pk=end).delete()
    assert list(verify()) == [
        "Repère du 2026-01-02 : des lignes d’avant ont été retirées ou déplacées."
    ]
