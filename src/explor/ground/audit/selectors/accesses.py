"""Queries on accesses: those whose term is over, the readings that concern a network."""

from datetime import datetime

from django.db.models import QuerySet

from ..models import Access, Watch


def ended_accesses(before: datetime) -> QuerySet[Access]:
    """Filter the accesses noted before an instant."""
    return Access.objects.filter(at__lt=before)


def readings_of(network: int) -> QuerySet[Access]:
    """Return the readings that concern a network, the latest first."""
    rows = Access.objects.filter(network=network, act=Access.Act.READING)
    return rows.order_by("-at", "-pk")


def is_watched(network: int) -> bool:
    """Return whether the readings of a network are noted."""
    return not Watch.objects.filter(network=network, on=False).exists()
