"""Queries on the log of accesses: entries past retention, and views of the data of a network.

A « reading » is an access by which somebody viewed data; a network may stop recording them.
"""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from ..models import Access, Block, Place, Watch


def ended_accesses(before: datetime) -> QuerySet[Access]:
    """Return the accesses that were recorded and sealed before an instant.

    An access sealed late, for instance because the key was missing, is returned later: `verify`
    could not tell it from an access that somebody removed.
    """
    recent = Block.objects.filter(sealed_at__gte=before).values("number")
    placed = Place.objects.filter(source=Place.Source.ACCESS, row=OuterRef("pk"), block__in=recent)
    return Access.objects.filter(~Exists(placed), at__lt=before)


def readings_of(network: int) -> QuerySet[Access]:
    """Return the views of the data of a network, latest first."""
    rows = Access.objects.filter(network=network, act=Access.Type.READING)
    return rows.order_by("-at", "-pk")


def is_watched(network: int) -> bool:
    """Return whether views of the data of a network are recorded (they are by default)."""
    return not Watch.objects.filter(network=network, on=False).exists()
