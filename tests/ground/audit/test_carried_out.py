"""The head of the journal leaves the database: a public page, the mail, the manifest of backups."""

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
from support.journal import asleep, drain, write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def heads_apart(settings: Any, tmp_path: Any) -> None:
    settings.JOURNAL_HEADS = tmp_path / "heads.txt"


def headed() -> Head:
    write(3)
    drain()
    head = keep_head()
    assert head is not None
    return head


def test_the_page_that_verifies_documents_shows_the_last_head() -> None:
    assert "explor-head" not in Client().get("/verifier/").content.decode()
    head = headed()
    page = Client().get("/verifier/").content.decode()
    assert rules.line_of(head) in page


def test_the_head_is_mailed_to_administrators_and_directors_and_to_no_officer() -> None:
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


def test_while_lines_come_the_next_block_is_asked_for_and_then_no_more() -> None:
    write(2)
    while not Block.objects.exists():
        tasks.seal_blocks(0)
    assert ProcrastinateJob.objects.filter(task_name="audit.seal_blocks").count() == 1
    ProcrastinateJob.objects.all().delete()
    tasks.seal_blocks(0)
    assert not ProcrastinateJob.objects.exists()


def test_without_its_key_the_job_says_it_in_the_logs_and_does_not_fail(
    settings: Any, tmp_path: Any
) -> None:
    write(1)
    settings.JOURNAL_SEAL_KEY, settings.PRODUCTION = tmp_path / "absent.pem", True
    for _ in range(20):
        tasks.seal_blocks(0)
    assert not Block.objects.exists()


def test_a_head_made_before_the_blocks_is_still_verified() -> None:
    write(4)
    end = Entry.objects.latest("pk").pk
    ((count, digest),) = lengths([end])
    seal = keyed(f"2026-01-02|{end}|{count}|{digest}")
    Head.objects.create(day="2026-01-02", last=end, count=count, digest=digest, seal=seal)
    write(2)
    assert list(verify()) == []
    with transaction.atomic():
        asleep()
        Entry.objects.filter(pk=end).delete()
    assert list(verify()) == [
        "Repère du 2026-01-02 : des lignes d’avant ont été retirées ou déplacées."
    ]
