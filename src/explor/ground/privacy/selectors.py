"""Queries on the purges, and on the keys of forms, which have no capability of their own."""

from datetime import datetime

from django.db.models import QuerySet

from explor.ground.http.models import IdempotencyKey

from .models import PurgeReport


def old_keys(before: datetime) -> "QuerySet[IdempotencyKey]":
    """Return the idempotency keys of forms sent before an instant."""
    return IdempotencyKey.objects.filter(at__lt=before)


def last_report() -> PurgeReport | None:
    """Return the report of the last purge, None before the first one."""
    return PurgeReport.objects.first()
