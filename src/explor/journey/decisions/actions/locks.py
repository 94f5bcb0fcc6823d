"""Locks on decisions, always taken in the same order, and the refusal of linked officers."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.journey.admissibility.selectors import ties
from explor.journey.needs.models import Need

from ..models import Decision

if TYPE_CHECKING:
    from django.db.models import QuerySet


def lock_decisions(decisions: "QuerySet[Decision]") -> None:
    """Lock decisions in the order of their primary keys, to prevent deadlocks."""
    list(decisions.order_by("pk").select_for_update(of=("self",)))


def lock_needs(needs: Iterable[int]) -> None:
    """Lock the decisions on the needs with these primary keys."""
    lock_decisions(Decision.objects.filter(need__in=list(needs)))


def refuse_tied(need: Need, *, by: Actor) -> None:
    """Raise `ActionNotAllowed` when `by` is an officer tied to the association of a need.

    An officer who acts or works for an association leaves its needs to another officer.
    """
    if reasons := ties(by, need):
        raise ActionNotAllowed(*reasons)
