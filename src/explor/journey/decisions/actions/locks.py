"""Locks on decisions, always taken in the same order."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..models import Decision

if TYPE_CHECKING:
    from django.db.models import QuerySet


def lock_decisions(decisions: "QuerySet[Decision]") -> None:
    """Lock decisions in the order of their primary keys, to prevent deadlocks."""
    list(decisions.order_by("pk").select_for_update(of=("self",)))


def lock_needs(needs: Iterable[int]) -> None:
    """Lock the decisions on the needs with these primary keys."""
    lock_decisions(Decision.objects.filter(need__in=list(needs)))
