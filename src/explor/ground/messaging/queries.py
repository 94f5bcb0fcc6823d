"""Reads of the outbox."""

from django.db import models

from .models import BadAddress, Message


def bad_addresses(emails: list[str]) -> dict[str, str]:
    """Among `emails`, those that refused a message, with the server's words."""
    found = BadAddress.objects.filter(email__in=[email.lower() for email in emails if email])
    return dict(found.values_list("email", "reason"))


def about(subject: models.Model) -> "models.QuerySet[Message]":
    """Messages sent on one file, latest first."""
    return Message.objects.filter(about=f"{subject._meta.label_lower}:{subject.pk}").order_by("-pk")
