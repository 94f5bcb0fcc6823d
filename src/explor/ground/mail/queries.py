"""Reads of the outbox."""

from django.db import models
from django.http import HttpRequest

from explor.ground.ui.parts import Panel

from .models import BadAddress, Delivery, Message


def bad_addresses(emails: list[str]) -> dict[str, str]:
    """Among `emails`, those that refused a message, with the server's words."""
    found = BadAddress.objects.filter(email__in=[email.lower() for email in emails if email])
    return dict(found.values_list("email", "reason"))


def about(subject: models.Model) -> "models.QuerySet[Message]":
    """Messages sent on one file, latest first."""
    return Message.objects.filter(about=f"{subject._meta.label_lower}:{subject.pk}").order_by("-pk")


def panel(request: HttpRequest) -> Panel:
    """For the administration: the addresses that do not answer, and what waits to be sent."""
    context = {
        "bad": BadAddress.objects.order_by("-since")[:20],
        "total": BadAddress.objects.count(),
        "waiting": Message.objects.filter(delivery=Delivery.WAITING).count(),
        "failed": Message.objects.filter(delivery=Delivery.FAILED).count(),
    }
    return Panel(title="Courriels", template="mail/_panel.html", context=context)


def failed_messages() -> "models.QuerySet[Message]":
    """The messages that were not delivered, latest first."""
    return Message.objects.filter(delivery=Delivery.FAILED).order_by("-created_at", "-pk")


def counts_by_delivery() -> list[tuple[str, int]]:
    """How many messages there are in each delivery state, in words."""
    counted = dict(
        Message.objects.order_by().values_list("delivery").annotate(count=models.Count("pk"))
    )
    return [(text, counted.get(value, 0)) for value, text in Delivery.choices]


def bad_addresses_list(q: str = "") -> "models.QuerySet[BadAddress]":
    """The addresses that refused a message, latest first."""
    return BadAddress.objects.filter(email__icontains=q.lower()).order_by("-since", "-pk")
