"""Database queries on the needs before a committee."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet

from explor.ground.ui import hooks
from explor.ground.ui.order import french_key
from explor.journey.needs.states import State as NeedState

from ..models import CommitteeMember, Opinion, Recusal

hooks.define(
    "committees:needs",
    "callable() -> queryset of needs before a committee; `undecided` is true until it decides",
)


def needs_before_committee() -> "QuerySet[Any]":
    """Return the needs that reached a committee, withdrawn ones included.

    The needs are annotated with `undecided`, true until the committee decides.
    """
    [build] = hooks.get("committees:needs")
    needs: QuerySet[Any] = build()
    return needs


def needs_to_judge(call: int) -> "QuerySet[Any]":
    """Return the needs of a call (primary key) that are undecided and not withdrawn."""
    return needs_before_committee().filter(call=call, state=NeedState.ADMISSIBLE, undecided=True)


def needs_of_member(member: CommitteeMember) -> "QuerySet[Any]":
    """Return the needs of a member's committee, withdrawn ones excluded.

    `own_opinions` and `own_recusals` list the opinion and the recusal of the member on each need.
    """
    own = Opinion.objects.filter(member=member)
    recusals = Recusal.objects.filter(member=member)
    return (
        needs_before_committee()
        .filter(call=member.call_id, state=NeedState.ADMISSIBLE)
        .select_related("association", "network", "call")
        .prefetch_related(
            Prefetch("opinions", queryset=own, to_attr="own_opinions"),
            Prefetch("recusals", queryset=recusals, to_attr="own_recusals"),
        )
        .order_by("undecided", french_key("title"), "pk")
    )


def associations_to_judge(member: CommitteeMember) -> dict[int, str]:
    """Return, by primary key, the names of the associations whose needs a member has to judge.

    They have an undecided need from which the member is not recused. Conflicts not recorded as
    recusals are not checked.
    """
    results = needs_to_judge(member.call_id).exclude(recusals__member=member)
    return dict(
        results.order_by(french_key("association__name")).values_list(
            "association", "association__name"
        )
    )


def needs_of_associations(member: CommitteeMember, associations: Iterable[str]) -> list[int]:
    """Return the primary keys of the undecided needs of these associations, given as text keys."""
    results = needs_to_judge(member.call_id).filter(association__in=list(associations))
    return list(results.values_list("pk", flat=True))
