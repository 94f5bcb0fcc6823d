"""Functions on the outbox (save, send, erase messages) and on the addresses that bounce."""

import smtplib
from collections import defaultdict
from datetime import datetime, timedelta
from email.utils import make_msgid

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from explor.engines.french.typography import bind_marks
from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed

from . import rules, selectors
from .bounces import Bounce
from .models import BadAddress, Delivery, Message

ENDED = "Message effacé au terme de sa conservation"
LOCKED = "Le compte de cette personne est fermé : rien ne lui est envoyé sur les dossiers."
FOOT = "\n\n--\nExplor · {site}\nVous recevez ce message car un dossier vous attend."


def notify(
    *,
    to: str,
    kind: str,
    subject: str,
    body: str,
    about: models.Model | None = None,
    url: str = "",
    urgent: bool = False,
    secret: bool = False,
    person: int | None = None,
) -> Message | None:
    """Save a message in the outbox, in the caller's transaction; return it, None if `to` is blank.

    Args:
        kind: the verb that sends the message, as `app.verb`.
        about: the row (need, mission...) whose page lists the message.
        url: the path of the page to open, added at the end of the text.
        urgent: send by a job at once, instead of in the daily digest.
        secret: erase the text and the link once sent, except in a demonstration.
        person: the primary key of the person who receives it, if they have an account.
    """
    if not to:
        return None
    message = Message.objects.create(
        to=to.lower(),
        person=person,
        kind=kind,
        about=f"{about._meta.label_lower}:{about.pk}" if about else "",
        subject=" ".join(subject.split())[:250],
        body=body,
        url=url,
        urgent=urgent,
        secret=secret,
        delivery=Delivery.WAITING if urgent else Delivery.DIGEST,
        message_id=make_msgid(domain=settings.EXPLOR_MAIL_DOMAIN),
    )
    if urgent:
        _defer(message.pk)
    return message


def _defer(pk: int) -> None:
    app.configure_task("mail.send", queueing_lock=f"mail:{pk}").defer(message=pk)


def send(message_id: int) -> None:
    """Send the message with this primary key if it is waiting or its delivery failed.

    A message that `rules.needs_open_account` forbids is marked as failed instead. If the mail
    server refuses the address permanently, the address is recorded. The row stays locked until the
    server answers. If the process is killed between the answer and the commit, the message is sent
    again with the same Message-ID, which mail readers show once.

    Raises:
        SMTPException, OSError: it cannot be sent now; nothing is saved, so the job can try again.
    """
    with transaction.atomic():
        message = Message.objects.select_for_update().filter(pk=message_id).first()
        if message and message.delivery in (Delivery.WAITING, Delivery.FAILED):
            message.tries += 1
            if _readable([message]):
                _hand_over([message], message.subject, _text(message))


def send_digests() -> int:
    """Send the daily digest to each address that has messages waiting for a digest.

    A digest that cannot be sent now does not prevent sending the others.

    Returns:
        The number of digests sent.

    Raises:
        ExceptionGroup: the errors of the digests not sent, so that the job runs again.
    """
    waiting: defaultdict[str, list[int]] = defaultdict(list)
    for to, pk in Message.objects.filter(delivery=Delivery.DIGEST).values_list("to", "pk"):
        waiting[to].append(pk)
    faults: list[Exception] = []
    for keys in waiting.values():
        try:
            _send_digest(keys)
        except (smtplib.SMTPException, OSError) as fault:
            faults.append(fault)
    if faults:
        raise ExceptionGroup("letters of the day not sent", faults)
    return len(waiting)


def _send_digest(keys: list[int]) -> None:
    while begun := _begin_digest(keys):
        _finish_digest(begun)


@transaction.atomic
def _begin_digest(keys: list[int]) -> list[int]:
    """Choose the messages of a digest and count an attempt; return their primary keys.

    The list is empty when all are sent. Messages of a digest that may already have been sent go
    first, alone: mail readers show a single text for each Message-ID, and would hide added
    messages.
    """
    waiting = _locked_digest(keys)
    begun = [each.pk for each in waiting if each.tries] or [each.pk for each in waiting]
    Message.objects.filter(pk__in=begun).update(tries=models.F("tries") + 1)
    return begun


def _locked_digest(keys: list[int]) -> list[Message]:
    waiting = Message.objects.select_for_update().filter(pk__in=keys, delivery=Delivery.DIGEST)
    return list(waiting.order_by("created_at", "pk"))


@transaction.atomic
def _finish_digest(keys: list[int]) -> None:
    messages = _readable(_locked_digest(keys))
    if len(messages) == 1:
        _hand_over(messages, messages[0].subject, _text(messages[0]))
    elif messages:
        parts = "\n\n———\n\n".join(f"{m.subject}\n\n{_text(m, foot=False)}" for m in messages)
        subject = f"Explor : {len(messages)} nouvelles de vos dossiers"
        _hand_over(messages, subject, parts + FOOT.format(site=settings.EXPLOR_URL))


def _readable(messages: list[Message]) -> list[Message]:
    """Return the messages that may be sent to an address; fail those to a locked account."""
    if not messages or not selectors.is_locked(messages[0].to):
        return messages
    _set([each for each in messages if rules.needs_open_account(each)], Delivery.FAILED, LOCKED)
    return [each for each in messages if not rules.needs_open_account(each)]


def _hand_over(messages: list[Message], subject: str, body: str) -> None:
    first = messages[0]
    mail = EmailMessage(
        subject,
        bind_marks(body),
        to=[first.to],
        headers={"Message-ID": first.message_id, "X-Explor": "1"},
    )
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as refusal:
        code, words = refusal.recipients.get(first.to, (550, b""))
        if code < 500:
            raise
        _set(messages, Delivery.FAILED, words.decode(errors="replace")[:500] or str(code))
        BadAddress.objects.get_or_create(email=first.to, defaults={"reason": messages[0].error})
    except smtplib.SMTPDataError as refusal:
        if refusal.smtp_code < 500:
            raise
        _set(messages, Delivery.FAILED, str(refusal)[:500])
    except ValueError as fault:  # no mail program can write this address, so do not retry
        _set(messages, Delivery.FAILED, f"Adresse impossible à écrire : {fault}"[:500])
        BadAddress.objects.get_or_create(email=first.to, defaults={"reason": messages[0].error})
    else:
        _set(messages, Delivery.SENT, "")
        # A relay accepts every address, so a message returned earlier is better evidence.
        if not Message.objects.given_back().filter(to=first.to).exists():
            BadAddress.objects.filter(email=first.to).delete()


def _set(messages: list[Message], delivery: str, error: str) -> None:
    for message in messages:
        message.delivery, message.error = delivery, error
        message.sent_at = timezone.now() if delivery == Delivery.SENT else None
        if message.secret and delivery == Delivery.SENT and not settings.EXPLOR_DEMO:
            message.body, message.url = rules.FORGOTTEN, ""
    written = ["delivery", "error", "tries", "sent_at", "body", "url"]
    Message.objects.bulk_update(messages, written)


def _text(message: Message, *, foot: bool = True) -> str:
    link = f"\n\n{settings.EXPLOR_URL}{message.url}" if message.url else ""
    return message.body + link + (FOOT.format(site=settings.EXPLOR_URL) if foot else "")


def resend_forgotten() -> int:
    """Queue a job for each message that has waited ten minutes without a job; return how many."""
    late = timezone.now() - timedelta(minutes=10)
    waiting = Message.objects.filter(delivery=Delivery.WAITING, created_at__lt=late)
    deferred = 0
    for pk in waiting.values_list("pk", flat=True):
        try:
            with transaction.atomic():
                _defer(pk)
        except AlreadyEnqueued:
            continue  # its job is already scheduled for another attempt
        deferred += 1
    return deferred


def suspect_restored() -> int:
    """Mark the digest messages restored from a backup as possibly sent; return how many.

    They are sent again unchanged, separately from newer messages: mail readers would hide a newer
    text under the Message-ID of a digest already received.
    """
    waiting = Message.objects.filter(delivery=Delivery.DIGEST, tries=0)
    return int(waiting.update(tries=1))


def erase_messages(about: models.Model) -> int:
    """Delete the messages about a row, with their addresses; return how many were deleted.

    Used when no trace of a person may stay: a waiting message is not sent.
    """
    return Message.objects.about(about).delete()[0]


def erase_text(message: Message, now: datetime) -> None:
    """Erase the text, the link and the address of a message; keep its row, kind and dates.

    A message that still waits is not sent. `now` is unused.
    """
    ended = Delivery.SENT if message.delivery == Delivery.SENT else Delivery.FAILED
    erased = {"to": "", "subject": ENDED, "body": "", "url": "", "error": ""}
    Message.objects.filter(pk=message.pk).update(**erased, delivery=ended)


@transaction.atomic
def record_bounce(bounce: Bounce, *, by: Actor) -> Message | None:
    """Record that one of our messages was not delivered, and its address if that is the cause.

    The message keeps its sending time. Since anybody can forge a notification, it is accepted only
    if it cites the random Message-ID of a message that was sent.

    Returns:
        The message, or None if the delivery did not fail or no sent message is cited.
    """
    cited = Message.objects.filter(message_id__in=bounce.message_ids).exclude(to="")
    message = cited.select_for_update().first() if bounce.failed else None
    if message is None or not message.sent_at:
        return None
    if message.delivery == Delivery.SENT:
        message.delivery, message.error = Delivery.FAILED, bounce.reason
        message.save(update_fields=["delivery", "error"])
        audit.log(message, "record_bounce", by=by, details={"status": bounce.status})
    if bounce.refuses_address:
        BadAddress.objects.get_or_create(email=message.to, defaults={"reason": bounce.reason})
    return message


@transaction.atomic
def forget_bad_address(address: BadAddress, *, by: Actor) -> None:
    """Remove an address from the list of bouncing addresses, once its owner confirms that it works.

    A message sent without error to the address removes it as well.
    """
    audit.log(address, "forget_bad_address", by=by, details={"reason": address.reason})
    address.delete()


@transaction.atomic
def retry_message(message: Message, *, by: Actor) -> None:
    """Send again a message whose delivery failed.

    Raises:
        ActionNotAllowed: see `rules.missing_to_retry`, or its job is already queued.
    """
    message = Message.objects.select_for_update().get(pk=message.pk)
    if reasons := rules.missing_to_retry(message):
        raise ActionNotAllowed(*reasons)
    message.delivery = Delivery.WAITING
    message.save(update_fields=["delivery"])
    audit.log(message, "retry_message", by=by, details={"error": message.error})
    try:
        with transaction.atomic():
            _defer(message.pk)
    except AlreadyEnqueued as waiting:
        raise ActionNotAllowed("Cette tâche est déjà en file.") from waiting
