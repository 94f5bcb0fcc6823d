"""The outbox: each message is sent once, whatever fails."""

import smtplib
from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from explor.ground.audit.models import Entry
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail import actions, rules, selectors
from explor.ground.mail.models import BadAddress, Delivery, Message
from explor.ground.privacy.actions import purge
from factories import AssociationFactory, PersonFactory

pytestmark = pytest.mark.django_db


def tell(**given):
    fields = {"to": "awa@exemple.test", "kind": "needs.file", "subject": "Reçu", "body": "Bonjour"}
    return actions.notify(**{**fields, **given})


@pytest.fixture
def refusing(monkeypatch):
    """Return a function that makes the mail server refuse recipients with an SMTP code."""

    def refuse(code: int) -> None:
        def send(self: EmailMessage, fail_silently: bool = False) -> int:
            raise smtplib.SMTPRecipientsRefused({self.to[0]: (code, b"No such user")})

        monkeypatch.setattr(EmailMessage, "send", send)

    return refuse


def test_notifying_an_urgent_message_saves_it_with_a_sending_job_and_sends_nothing_yet():
    message = tell(urgent=True)
    job = ProcrastinateJob.objects.get()
    assert (job.task_name, job.args) == ("mail.send", {"message": message.pk})
    assert (message.delivery, mail.outbox) == (Delivery.WAITING, [])


def test_a_transaction_rolled_back_leaves_no_message():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell(urgent=True)
        raise ZeroDivisionError
    assert (Message.objects.count(), ProcrastinateJob.objects.count()) == (0, 0)


def test_notifying_an_empty_address_saves_no_message():
    assert tell(to="") is None
    assert Message.objects.count() == 0


def test_a_message_is_sent_once_even_if_its_job_runs_twice(run_jobs):
    message = tell(urgent=True, url="/compte/", about=AssociationFactory())
    assert run_jobs() == ["mail.send"]
    actions.send(message.pk)
    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (["awa@exemple.test"], "Reçu")
    assert sent.body.startswith("Bonjour\n\nhttp://")
    assert sent.extra_headers["Message-ID"] == message.message_id
    message.refresh_from_db()
    assert (message.delivery, message.tries, message.error) == (Delivery.SENT, 1, "")
    assert message.sent_at is not None


def test_a_line_break_in_a_subject_cannot_inject_a_mail_header(run_jobs):
    tell(urgent=True, subject="Reçu\r\nBcc: autre@exemple.test")
    run_jobs()
    assert [(sent.subject, sent.bcc) for sent in mail.outbox] == [
        ("Reçu Bcc: autre@exemple.test", [])
    ]


def test_each_address_receives_a_single_daily_digest():
    for n in range(3):
        tell(subject=f"Nouvelle {n}", body=f"Texte {n}")
    tell(to="Bo@exemple.test", subject="Seule")
    assert ProcrastinateJob.objects.count() == 0
    assert actions.send_digests() == 2
    assert sorted((sent.to[0], sent.subject) for sent in mail.outbox) == [
        ("awa@exemple.test", "Explor : 3 nouvelles de vos dossiers"),
        ("bo@exemple.test", "Seule"),
    ]
    letter = next(sent for sent in mail.outbox if sent.to == ["awa@exemple.test"])
    assert [letter.body.count(f"Texte {n}") for n in range(3)] == [1, 1, 1]
    assert actions.send_digests() == 0
    assert len(mail.outbox) == 2


def test_a_message_sent_again_keeps_its_message_id_header(monkeypatch):
    message = tell(urgent=True)
    sent: list[str] = []

    def cut(self: EmailMessage, fail_silently: bool = False) -> int:
        sent.append(self.extra_headers["Message-ID"])
        if len(sent) == 1:
            raise smtplib.SMTPServerDisconnected("coupé")
        return 1

    monkeypatch.setattr(EmailMessage, "send", cut)
    with pytest.raises(smtplib.SMTPServerDisconnected):
        actions.send(message.pk)
    message.refresh_from_db()
    assert message.delivery == Delivery.WAITING
    actions.send(message.pk)
    assert sent == [message.message_id] * 2


def test_a_permanent_refusal_by_a_mail_server_records_a_bad_address(refusing):
    refusing(550)
    message = tell(urgent=True)
    actions.send(message.pk)
    message.refresh_from_db()
    assert (message.delivery, message.error) == (Delivery.FAILED, "No such user")
    assert selectors.bad_addresses(["AWA@exemple.test", "", "bo@exemple.test"]) == {
        "awa@exemple.test": "No such user"
    }
    actions.send(message.pk)
    assert BadAddress.objects.count() == 1


def test_an_administrator_can_clear_a_bad_address(refusing):
    refusing(550)
    actions.send(tell(urgent=True).pk)
    address = BadAddress.objects.get()
    actions.forget_bad_address(address, by=Actor(name="Camille", role="administration"))
    assert selectors.bad_addresses(["awa@exemple.test"]) == {}
    entry = Entry.objects.get()
    assert (entry.verb, entry.details) == ("forget_bad_address", {"reason": "No such user"})


@pytest.mark.parametrize(
    ("role", "allowed"), [("administration", True), ("reseau", False), ("association", False)]
)
def test_roles_other_than_administration_cannot_clear_a_bad_address(role, allowed):
    assert rules.can_forget_bad_address(Actor(name="Camille", role=role)) is allowed


def test_a_delivered_message_clears_the_mark_of_its_bad_address():
    BadAddress.objects.create(email="awa@exemple.test", reason="Boîte pleine")
    BadAddress.objects.create(email="bo@exemple.test", reason="Inconnue")
    actions.send(tell(urgent=True).pk)
    assert selectors.bad_addresses(["awa@exemple.test", "bo@exemple.test"]) == {
        "bo@exemple.test": "Inconnue"
    }


def test_a_temporary_refusal_by_a_mail_server_makes_the_sending_job_retry(refusing):
    refusing(451)
    message = tell(urgent=True)
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        actions.send(message.pk)
    message.refresh_from_db()
    assert (message.delivery, BadAddress.objects.count()) == (Delivery.WAITING, 0)


@pytest.mark.parametrize(("code", "delivery"), [(554, Delivery.FAILED), (452, Delivery.WAITING)])
def test_a_text_refused_for_good_fails_the_message_and_never_marks_the_address(
    monkeypatch, code, delivery
):
    def send(self: EmailMessage, fail_silently: bool = False) -> int:
        raise smtplib.SMTPDataError(code, b"no")

    monkeypatch.setattr(EmailMessage, "send", send)
    message = tell(urgent=True)
    with nullcontext() if code == 554 else pytest.raises(smtplib.SMTPDataError):
        actions.send(message.pk)
    message.refresh_from_db()
    assert (message.delivery, BadAddress.objects.count()) == (delivery, 0)


def test_a_daily_digest_that_fails_does_not_prevent_sending_the_other_digests(monkeypatch):
    tell(to="a@exemple.test")
    tell(to="b@exemple.test")
    reached: list[str] = []

    def send(self: EmailMessage, fail_silently: bool = False) -> int:
        if self.to == ["a@exemple.test"]:
            raise smtplib.SMTPRecipientsRefused({"a@exemple.test": (451, b"later")})
        reached.append(self.to[0])
        return 1

    monkeypatch.setattr(EmailMessage, "send", send)
    with pytest.raises(ExceptionGroup):
        actions.send_digests()
    assert reached == ["b@exemple.test"]
    assert Message.objects.get(to="a@exemple.test").delivery == Delivery.DIGEST


@pytest.mark.parametrize("address", ["a@\u05d0a.test", f"a@{'é' * 60}.test", "a@\u3002.test"])
def test_an_address_that_cannot_be_written_in_a_header_does_not_block_other_messages(address):
    urgent = tell(to=address, urgent=True)
    tell(to=address)
    tell(to="b@exemple.test")
    actions.send(urgent.pk)
    actions.send_digests()
    assert [sent.to for sent in mail.outbox] == [["b@exemple.test"]]
    lost = Message.objects.filter(to=address).values_list("delivery", flat=True)
    assert list(lost) == [Delivery.FAILED, Delivery.FAILED]
    assert BadAddress.objects.get().email == address


def test_an_interrupted_digest_is_sent_again_unchanged_without_the_later_messages(
    monkeypatch,
):
    sent: list[tuple[str, str]] = []
    cut = [True]

    def send(self: EmailMessage, fail_silently: bool = False) -> int:
        sent.append((self.extra_headers["Message-ID"], self.body))
        if cut.pop():
            raise smtplib.SMTPServerDisconnected("coupé")
        cut.append(False)
        return 1

    monkeypatch.setattr(EmailMessage, "send", send)
    first = [tell(subject=f"Nouvelle {n}", body=f"Texte {n}") for n in range(2)]
    with pytest.raises(ExceptionGroup):
        actions.send_digests()
    later = tell(subject="Nouvelle 2", body="Texte 2")
    cut.append(False)
    actions.send_digests()
    assert [key for key, _ in sent] == [first[0].message_id] * 2 + [later.message_id]
    assert sent[0] == sent[1]
    assert "Texte 2" in sent[2][1]
    tries = Message.objects.order_by("pk").values_list("delivery", "tries")
    assert list(tries) == [(Delivery.SENT, 2), (Delivery.SENT, 2), (Delivery.SENT, 1)]


def test_a_message_written_after_a_restoration_is_sent_apart_from_earlier_messages():
    """A restored backup contains, as unsent, a letter that was sent after the backup."""
    former = tell(body="Avant")
    assert actions.suspect_restored() == 1
    later = tell(body="Après")
    actions.send_digests()
    sent = [(each.extra_headers["Message-ID"], each.body.split("\n")[0]) for each in mail.outbox]
    assert sent == [(former.message_id, "Avant"), (later.message_id, "Après")]


def test_a_message_without_a_live_job_gets_a_new_job_after_ten_minutes():
    message = tell(urgent=True)
    assert actions.resend_forgotten() == 0
    Message.objects.update(created_at=timezone.now() - timedelta(minutes=11))
    assert actions.resend_forgotten() == 0  # because its first job still exists
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    assert actions.resend_forgotten() == 1
    assert Message.objects.get().message_id == message.message_id
    waiting = ProcrastinateJob.objects.filter(status="todo")
    assert [job.args for job in waiting] == [{"message": message.pk}]


@pytest.mark.parametrize("urgent", [True, False])
def test_a_message_that_a_mail_server_always_defers_is_emptied_at_the_end_of_its_term(urgent):
    message = tell(urgent=urgent)
    purge(now=timezone.now() + timedelta(days=89))
    assert Message.objects.get(pk=message.pk).to == message.to
    purge(now=timezone.now() + timedelta(days=91))
    gone = Message.objects.get(pk=message.pk)
    assert (gone.to, gone.body, gone.delivery) == ("", "", Delivery.FAILED)
    assert actions.resend_forgotten() == 0
    assert not selectors.failed_messages().exists()


def test_messages_about_a_subject_are_listed_latest_first():
    about = AssociationFactory()
    one, other = tell(about=about), tell(about=about, to="bo@exemple.test")
    tell(about=AssociationFactory())
    assert list(Message.objects.about(about)) == [other, one]


def test_a_secret_text_is_erased_after_sending_except_in_a_demonstration(settings):
    for demo, kept in ((True, ("Code 1234", "/x/")), (False, (rules.FORGOTTEN, ""))):
        settings.EXPLOR_DEMO = demo
        message = tell(urgent=True, body="Code 1234", url="/x/", secret=True)
        actions.send(message.pk)
        message.refresh_from_db()
        assert (message.body, message.url) == kept
    assert ["Code 1234" in sent.body for sent in mail.outbox] == [True, True]


@pytest.mark.parametrize("delivery", [Delivery.WAITING, Delivery.DIGEST, Delivery.SENT])
def test_a_message_that_did_not_fail_is_not_sent_again(delivery):
    message = tell()
    Message.objects.update(delivery=delivery)
    with pytest.raises(ActionNotAllowed) as refusal:
        actions.retry_message(message, by=Actor(name="Camille", role="administration"))
    assert refusal.value.reasons == ("Ce message n’est plus en échec.",)
    assert Message.objects.get().delivery == delivery
    assert (ProcrastinateJob.objects.count(), Entry.objects.count()) == (0, 0)


def test_a_message_whose_text_was_erased_is_not_sent_again(run_jobs):
    message = tell(urgent=True)
    Message.objects.update(delivery=Delivery.FAILED, error="550 inconnue")
    message.refresh_from_db()
    actions.erase_text(message, timezone.now())
    with pytest.raises(ActionNotAllowed, match="sont effacés"):
        actions.retry_message(message, by=Actor(name="Camille", role="administration"))
    run_jobs()
    assert mail.outbox == []


@pytest.mark.parametrize("urgent", [True, False])
def test_a_locked_account_receives_messages_about_the_account_but_none_about_needs(
    run_jobs, urgent
):
    PersonFactory(email="Awa@exemple.test", is_active=False)
    tell(urgent=urgent)
    tell(kind="accounts.lock_account", subject="Votre compte est fermé", urgent=urgent)
    run_jobs()
    actions.send_digests()
    assert [letter.subject for letter in mail.outbox] == ["Votre compte est fermé"]
    message = Message.objects.get(kind="needs.file")
    assert (message.delivery, message.error) == (Delivery.FAILED, actions.LOCKED)


@pytest.mark.parametrize("kind", ["nominations.nominate", "follow", "news"])
def test_a_message_that_requires_no_account_is_sent_to_the_address_of_a_locked_account(
    run_jobs, kind
):
    PersonFactory(email="awa@exemple.test", is_active=False)
    tell(kind=kind, urgent=True)
    run_jobs()
    assert Message.objects.get().delivery == Delivery.SENT


def test_a_message_held_back_from_a_locked_account_is_sent_once_the_account_is_unlocked(run_jobs):
    person = PersonFactory(email="awa@exemple.test", is_active=False)
    message = tell(urgent=True)
    run_jobs()
    person.is_active = True
    person.save(update_fields=["is_active"])
    message.refresh_from_db()
    actions.retry_message(message, by=Actor(role="administration"))
    run_jobs()
    assert [letter.to for letter in mail.outbox] == [["awa@exemple.test"]]


def test_the_mark_of_a_bouncing_address_is_kept_as_long_as_its_account():
    PersonFactory(email="Awa@exemple.test")
    for email in ("awa@exemple.test", "nora@exemple.test"):
        BadAddress.objects.create(email=email, reason="inconnue")
    old = selectors.strange_addresses(timezone.now() + timedelta(minutes=1))
    assert [address.email for address in old] == ["nora@exemple.test"]
