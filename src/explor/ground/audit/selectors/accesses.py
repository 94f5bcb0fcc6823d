"""Queries on accesses: those whose term is over, the readings that concern a network."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from ..models import Access, Block, Place, Watch


def ended_accesses(before: datetime) -> QuerySet[Access]:
    """Filter the accesses noted, and sealed, before an instant.

    One that waited for its block, as while the key was missing, goes at the term of the block: the
    block cannot tell it from one that somebody removed.
    """
    recent = Block.objects.filter(sealed_at__gte=before).values("number")
    placed = Place.objects.filter(source=Place.Source.ACCESS, row=OuterRef("pk"), block__in=recent)
    return Access.objects.filter(~Exists(placed), at__lt=before)


def readings_of(network: int) -> QuerySet[Access]:
    """Return the readings that concern a network, the latest first."""
    rows = Access.objects.filter(network=network, act=Access.Act.READING)
    return rows.order_by("-at", "-pk")


def is_watched(network: int) -> bool:
    """Return whether the readings of a network are noted."""
    return not Watch.objects.filter(network=network, on=False).exists()
