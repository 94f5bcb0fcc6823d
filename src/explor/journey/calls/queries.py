"""Reads about calls."""

from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum, Value
from django.utils import timezone

from explor.ground.common.actor import Actor

from .models import Call, Funder, FunderMember
from .states import State


def funders_of(person: Any) -> "QuerySet[Any, Any]":
    """The funders a person reads figures for, as hats."""
    return FunderMember.objects.filter(person=person).annotate(
        hat_kind=Value("financeur"),
        hat_key=F("funder__slug"),
        hat_name=F("funder__name"),
        hat_scope=F("funder_id"),
        hat_accent=Value(""),
    )


def funder_named(slug: str) -> str:
    """The name of a funder."""
    return Funder.objects.get(slug=slug).name


def calls_of(actor: Actor) -> "QuerySet[Any]":
    """The calls of a network, latest first, with their needs counted."""
    return (
        Call.objects.filter(network=actor.scope)
        .annotate(needs_count=Count("needs", filter=~Q(needs__state="draft")))
        .order_by("-opens_at", "-pk")
    )


def receiving(network: int | None = None) -> "QuerySet[Call]":
    """Calls on which one may file now, the nearest deadline first."""
    now = timezone.now()
    found = Call.objects.filter(state=State.OPEN, opens_at__lte=now).filter(
        Q(closes_at=None) | Q(closes_at__gt=now)
    )
    if network is not None:
        found = found.filter(network=network)
    return found.select_related("network").order_by(F("closes_at").asc(nulls_last=True), "pk")


def envelope_of(call: Call) -> Any:
    """All that funders put on a call, in euros; None when nobody did."""
    return call.envelopes.aggregate(total=Sum("amount"))["total"]
