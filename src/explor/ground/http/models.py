"""Idempotency keys of submitted forms, and counts of requests, both kept for a short time."""

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


class RequestCount(models.Model):
    """The number of requests of one kind, from one person or one address, until `ends_at`.

    `key` is a keyed digest, so the table stores neither the person nor the address.
    """

    key = models.CharField("empreinte", primary_key=True, max_length=64)
    count = models.PositiveIntegerField("demandes", default=0)
    ends_at = models.DateTimeField("jusqu’à", db_index=True)

    class Meta:
        verbose_name = "décompte de demandes"
        verbose_name_plural = "décomptes de demandes"

    def __str__(self) -> str:
        return f"{self.key[:8]} : {self.count}"
