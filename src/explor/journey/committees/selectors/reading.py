"""Database queries on the needs that a committee member may read and judge, or may not."""

from typing import Any

from django.db.models import Q, QuerySet

from explor.ground.http.actor import Actor
from explor.ground.ui.order import french_key
from explor.journey.needs.models import Need

from .. import rules
from ..models import CommitteeMember, Opinion, Recusal
from .conflicts import needs_in_conflict
from .files import needs_of_member, needs_to_judge
from .members import member_of


def needs_closed_to(member: CommitteeMember) -> set[int]:
    """Return the primary keys of the needs that a member may neither read nor judge.

    They are the needs from which the member is recused, and those with a known conflict that is not
    recorded yet: a member who joins an association is recused only at the next action of the
    committee, and never from a need already decided.
    """
    return set(_closed(member))


def _closed(member: CommitteeMember) -> "QuerySet[Any]":
    recorded = Recusal.objects.filter(member=member).order_by().values_list("need", flat=True)
    conflicts = needs_in_conflict(member).order_by().values_list("pk", flat=True)
    return recorded.union(conflicts)


def may_judge(actor: Actor, need: Need) -> bool:
    """Return whether `actor` is a committee member to whom a need is not closed.

    Whether the need is before their committee, or decided, is not checked.
    """
    member = member_of(actor)
    return member is not None and rules.can_judge(need, needs_closed_to(member))


def may_reopen(actor: Actor, opinion: Opinion) -> bool:
    """Return whether `actor` gave this opinion and its need is not closed to them."""
    return opinion.member.person_id == actor.person and may_judge(actor, opinion.need)


def needs_to_read(member: CommitteeMember) -> "QuerySet[Any]":
    """Return the undecided needs that are not closed to a member, with their related rows."""
    return (
        needs_of_member(member)
        .filter(undecided=True)
        .exclude(pk__in=_closed(member))
        .select_related("project", "partner", "officer__person")
        .prefetch_related("languages", "comments")
    )


def without_final_opinion(member: CommitteeMember) -> "QuerySet[Any]":
    """Return the undecided needs on which a member, who may judge them, gave no final opinion."""
    given = Opinion.objects.filter(member=member, final_at__isnull=False).values("need")
    results = needs_to_judge(member.call_id).filter(~Q(pk__in=given))
    return results.exclude(pk__in=_closed(member)).order_by(french_key("title"), "pk")


def next_to_judge(member: CommitteeMember) -> int | None:
    """Return the primary key of the first need without a final opinion of `member`, or None."""
    return without_final_opinion(member).values_list("pk", flat=True).first()
