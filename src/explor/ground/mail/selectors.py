"""Queries on the outbox and on the addresses that bounce."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.db.models import Count, Exists, Min, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from .models import BadAddress, Delivery, Message


def bad_addresses(emails: list[str]) -> dict[str, str]:
    """Return {address: answer of the mail server} for the addresses in `emails` that bounced.

    The keys are in lower case.
    """
    refused = BadAddress.objects.filter(email__in=[email.lower() for email in emails if email])
    return dict(refused.values_list("email", "reason"))


def is_locked(email: str) -> bool:
    """Return whether an e-mail address belongs to a locked account."""
    accounts = get_user_model()._default_manager
    return accounts.filter(email__iexact=email, is_active=False).exists()


def bad_addresses_list(q: str = "") -> "QuerySet[BadAddress]":
    """Return the addresses that bounced and contain `q`, latest first."""
    return BadAddress.objects.filter(email__icontains=q.lower()).order_by("-since", "-pk")


def failed_messages() -> "QuerySet[Message]":
    """Return the messages that were not delivered and still have their text, latest first."""
    failed = Message.objects.filter(delivery=Delivery.FAILED).exclude(to="")
    return failed.order_by("-created_at", "-pk")


def counts_by_delivery() -> dict[str, int]:
    """Return the number of messages by delivery state; empty states are left out."""
    counts = Message.objects.order_by().values_list("delivery").annotate(count=Count("pk"))
    return dict(counts)


def oldest_waiting() -> datetime | None:
    """Return the time of the oldest urgent message that is not sent yet; None if there is none."""
    waiting = Message.objects.filter(delivery=Delivery.WAITING)
    oldest: datetime | None = waiting.aggregate(at=Min("created_at"))["at"]
    return oldest


def strange_addresses(before: datetime) -> "QuerySet[BadAddress]":
    """Return the bouncing addresses that belong to no account, recorded before an instant."""
    accounts = get_user_model()._default_manager.filter(email__iexact=OuterRef("email"))
    return BadAddress.objects.filter(~Exists(accounts), since__lt=before)


def old_texts(before: datetime) -> "QuerySet[Message]":
    """Return the messages sent, or else created, before an instant whose text is not erased yet.

    They include messages that a server never accepts.
    """
    dated = Message.objects.annotate(over_at=Coalesce("sent_at", "created_at"))
    return dated.filter(over_at__lt=before).exclude(to="")
