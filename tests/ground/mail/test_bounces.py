"""Bounce notifications: the message fails, and its address is marked when that address is wrong."""

from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from explor.ground.audit.models import Entry
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail import actions, bounces
from explor.ground.mail.models import BadAddress, Delivery, Message
from explor.site.cli import main

pytestmark = pytest.mark.django_db
ADMIN = Actor(name="Camille", role="administration")


def sent(**given: object) -> Message:
    fields = {"to": "awa@exemple.test", "kind": "needs.file", "subject": "Reçu", "body": "Bonjour"}
    message = actions.notify(urgent=True, **{**fields, **given})  # type: ignore[arg-type]
    assert message
    actions.send(message.pk)
    message.refresh_from_db()
    return message


def notification(name: str, message_id: str) -> bytes:
    raw = (Path(__file__).parent / "returned" / f"{name}.eml").read_text()
    return raw.replace("<OURS>", message_id).encode()


def give_back(name: str, message: Message) -> Message | None:
    bounce = bounces.read(notification(name, message.message_id))
    found = actions.record_bounce(bounce, by=SYSTEM)
    message.refresh_from_db()
    return found


def test_a_bounce_for_an_unknown_mailbox_fails_the_message_and_marks_the_address() -> None:
    message = sent()
    left = message.sent_at
    assert give_back("postfix", message) == message
    reason = (
        "5.1.1 550 5.1.1 <awa@exemple.test>: Recipient address rejected: "
        "User unknown in virtual mailbox table"
    )
    assert (message.delivery, message.error, message.sent_at) == (Delivery.FAILED, reason, left)
    assert list(BadAddress.objects.values_list("email", "reason")) == [("awa@exemple.test", reason)]
    [entry] = Entry.objects.all()
    assert (entry.verb, entry.details) == ("record_bounce", {"status": "5.1.1"})


def test_a_bounce_for_a_text_refused_by_a_policy_fails_only_the_message() -> None:
    message = sent()
    assert give_back("exchange", message) == message
    assert (message.delivery, message.error[:5]) == (Delivery.FAILED, "5.7.1")
    assert BadAddress.objects.count() == 0


def test_a_notification_of_delayed_delivery_changes_nothing() -> None:
    message = sent()
    assert give_back("delayed", message) is None
    assert (message.delivery, BadAddress.objects.count()) == (Delivery.SENT, 0)
    assert Entry.objects.count() == 0


def test_a_bounce_notification_received_twice_is_recorded_once() -> None:
    message = sent()
    give_back("postfix", message)
    assert give_back("postfix", message) == message
    assert (Entry.objects.count(), BadAddress.objects.count()) == (1, 1)


def test_a_bounce_notification_about_a_message_that_explor_did_not_send_is_ignored() -> None:
    message = sent()
    bounce = bounces.read(notification("postfix", "<invented@explor.example>"))
    assert actions.record_bounce(bounce, by=SYSTEM) is None
    message.refresh_from_db()
    assert (message.delivery, BadAddress.objects.count()) == (Delivery.SENT, 0)


def test_a_bounce_notification_about_a_message_not_sent_yet_is_ignored() -> None:
    waiting = actions.notify(to="awa@exemple.test", kind="a.b", subject="s", body="b")
    assert waiting
    assert give_back("postfix", waiting) is None
    assert waiting.delivery == Delivery.DIGEST


def test_a_bad_address_known_from_a_bounce_is_not_cleared_by_the_next_accepted_message() -> None:
    give_back("postfix", sent())
    sent()
    assert BadAddress.objects.count() == 1


def test_a_bounced_message_whose_secret_link_was_erased_is_not_sent_again() -> None:
    message = sent(secret=True, url="/x/")
    give_back("postfix", message)
    with pytest.raises(ActionNotAllowed):
        actions.retry_message(message, by=ADMIN)
    message.refresh_from_db()
    assert message.delivery == Delivery.FAILED


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"Subject: Absent du bureau\n\nJe reviens lundi.\n",
        b"Content-Type: message/delivery-status\n\nReporting-MTA: dns; a\n",
        b"\xff\x00\xfe" * 1000,
        b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n" * 5000,
        b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000)
        ),
    ],
)
def test_a_file_that_is_not_a_bounce_notification_is_refused(raw: bytes) -> None:
    with pytest.raises(bounces.NotANotification):
        bounces.read(raw)


@pytest.mark.parametrize(
    ("status", "action", "address"),
    [
        ("5.1.1", "failed", True),
        ("5.2.2", "failed", True),
        ("5.0.0", "failed", True),
        ("5.3.4", "failed", False),
        ("5.7.26", "failed", False),
        ("4.4.7", "failed", False),
        ("5.1.1", "delayed", False),
        ("", "failed", False),
    ],
)
def test_the_status_code_of_a_bounce_decides_whether_the_address_is_marked(
    status: str, action: str, address: bool
) -> None:
    bounce = bounces.Bounce(message_ids=(), action=action, status=status, answer="")
    assert bounce.refuses_address is address


@pytest.fixture
def in_this_database(monkeypatch: pytest.MonkeyPatch) -> None:
    from contextlib import nullcontext

    monkeypatch.setattr("explor.site.cli.mail.framework.database", nullcontext)


def test_the_bounce_command_reads_a_file_or_the_standard_input(
    in_this_database: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    message = sent()
    file = tmp_path / "returned.eml"
    file.write_bytes(notification("exchange", message.message_id))
    assert main(["mail", "bounce", str(file)]) == 0
    said = "Noté : un message à awa@exemple.test a été rendu (5.7.1 550 5.7.1 TRANSPORT.RULES"
    assert capsys.readouterr().out.startswith(said)
    delayed = BytesIO(notification("delayed", message.message_id))
    monkeypatch.setattr("sys.stdin", TextIOWrapper(delayed))
    assert main(["mail", "bounce", "-"]) == 0
    assert capsys.readouterr().out.startswith("Rien à noter")


def test_the_bounce_command_refuses_an_unreadable_notification(
    in_this_database: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "letter.eml").write_text("Subject: Bonjour\n\nBonjour\n")
    assert main(["mail", "bounce", str(tmp_path / "letter.eml")]) == 2
    assert main(["mail", "bounce", str(tmp_path / "absent.eml")]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "explor : ce message n’est pas un avis de non-remise (RFC 3464).",
        f"explor : {tmp_path / 'absent.eml'} ne se lit pas (No such file or directory).",
    ]
