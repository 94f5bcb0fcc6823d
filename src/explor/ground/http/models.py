"""Idempotency keys, so that a form submitted twice is accepted once."""

import uuid

from django.db import models
from django.utils import timezone


class IdempotencyKey(models.Model):
    """The key of a form already accepted, and the URL to which its author was redirected."""

    key = models.UUIDField("clé", primary_key=True, default=uuid.uuid4)
    url = models.CharField("suite", max_length=500, blank=True)
    at = models.DateTimeField("le", default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "clé d’envoi unique"
        verbose_name_plural = "clés d’envoi unique"

    def __str__(self) -> str:
        return str(self.key)
