"""Who sits on a committee, and the hat it gives."""

from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value

from explor.ground.common.actor import Actor
from explor.journey.calls.models import Call

from ..models import CommitteeMember


def committees_of(person: Any) -> "QuerySet[Any, Any]":
    """The committees a person sits on, as hats."""
    return CommitteeMember.objects.filter(person=person).annotate(
        hat_kind=Value("comite"),
        hat_key=F("call__slug"),
        hat_name=F("call__title"),
        hat_scope=F("call_id"),
        hat_accent=F("call__network__accent"),
    )


def call_named(slug: str) -> str:
    """« le comité de … »."""
    return f"le comité de « {Call.objects.get(slug=slug).title} »"


def member_of(actor: Actor) -> CommitteeMember | None:
    """The seat of `actor` on the committee whose hat they wear."""
    return (
        CommitteeMember.objects.filter(call=actor.scope, person=actor.person)
        .select_related("call", "person")
        .first()
    )


def seats_of(call: Call) -> "QuerySet[CommitteeMember]":
    """Who sits, how many opinions each gave, from how many files they stand aside."""
    return (
        CommitteeMember.objects.filter(call=call)
        .select_related("person")
        .annotate(
            given=Count("opinions", distinct=True, filter=Q(opinions__final_at__isnull=False)),
            aside=Count("recusals", distinct=True),
        )
        .order_by("-chair", "person__name", "pk")
    )
