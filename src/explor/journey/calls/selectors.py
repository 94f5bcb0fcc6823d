"""Database queries on calls, on the documents that they request, and on funders."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, QuerySet, Value
from django.utils import timezone

from explor.actors.networks.models import Network
from explor.ground.accounts.models import Person
from explor.ground.http.actor import Actor
from explor.ground.rights.selectors import records
from explor.ground.ui.order import french_key

from .models import Call, Funder, FunderMember, RequestedPaper
from .states import State

MINUTE = Value(timedelta(minutes=1), output_field=DurationField())


def funders_of(person: Any) -> "QuerySet[Any, Any]":
    """Return the memberships of a person in funders, described as roles.

    The rows are annotated with `role_type`, `role_key`, `role_name`, `role_scope` and
    `role_accent`.
    """
    return FunderMember.objects.filter(person=person).annotate(
        role_type=Value("financeur"),
        role_key=F("funder__slug"),
        role_name=F("funder__name"),
        role_scope=F("funder_id"),
        role_accent=Value(""),
    )


def funder_members_list() -> "QuerySet[FunderMember]":
    """Return the members of all funders, by funder then by name, for the list of holders of roles.

    The rows are annotated with `role_key`, `role_name` and `position_name`.
    """
    return (
        FunderMember.objects.annotate(
            role_key=F("funder__slug"), role_name=F("funder__name"), position_name=Value("")
        )
        .select_related("person")
        .order_by(french_key("funder__name"), french_key("person__name"), "pk")
    )


def funders_list() -> "QuerySet[Any]":
    """Return the funders, annotated with `members_count`."""
    return Funder.objects.annotate(members_count=Count("members")).order_by(
        french_key("name"), "pk"
    )


def funder_named(slug: str) -> str:
    """Return the name of the funder with this slug; raise `Funder.DoesNotExist` if none."""
    return Funder.objects.get(slug=slug).name


def calls_of(actor: Actor) -> "QuerySet[Any]":
    """Return the calls of a network, latest opening first, with the number of their filed needs.

    The number is the annotation `needs_count`. The row of the missions taken over is left out.
    """
    return (
        Call.objects.filter(network=actor.scope, of_taken_over=False)
        .annotate(needs_count=Count("needs", filter=~Q(needs__state="draft")))
        .order_by("-opens_at", "-pk")
    )


def receiving(network: int | None = None) -> "QuerySet[Call]":
    """Return the calls on which a need may be filed now, grace period excluded, by closing date.

    The calls without a closing date come last; those of networks that left the programme are left
    out. With `network`, only return its calls.
    """
    now = timezone.now()
    rows = Call.objects.filter(
        Q(closes_at=None) | Q(closes_at__gt=now),
        state=State.OPEN,
        opens_at__lte=now,
        network__in_explor=True,
    )
    if network is not None:
        rows = rows.filter(network=network)
    return rows.select_related("network").order_by(F("closes_at").asc(nulls_last=True), "pk")


def open_to_all() -> "QuerySet[Call]":
    """Return the calls on which a need may be filed now, each shared call once.

    A call shared by several networks has a row for each network: the original is returned, unless
    it is not open.
    """
    rows = receiving()
    return rows.exclude(lead__in=rows.values("pk")).prefetch_related("followers__network")


def due_to_close(now: datetime) -> "QuerySet[Call]":
    """Return the open calls whose closing and grace period are past at `now`."""
    grace = ExpressionWrapper(F("grace_minutes") * MINUTE, output_field=DurationField())
    late = Call.objects.annotate(last=F("closes_at") + grace)
    return late.filter(state=State.OPEN, rolling=False, last__lte=now).order_by("pk")


def papers_of(call: Call) -> "QuerySet[RequestedPaper]":
    """Return the documents that the call requests now, the compulsory ones first."""
    return call.papers.filter(requested=True).order_by("-needed", "order", "pk")


def sharing(call: Call) -> list[Call]:
    """Return the rows of a call shared by several networks, the original first.

    Drafts are left out. The list is empty when the call is not shared.
    """
    lead = call.lead_id or call.pk
    rows = Call.objects.filter(Q(pk=lead) | Q(lead=lead)).exclude(state=State.DRAFT)
    calls = list(rows.select_related("network").order_by(F("lead").asc(nulls_first=True), "pk"))
    return calls if len(calls) > 1 else []


def may_share_with(call: Call) -> "QuerySet[Network]":
    """Return the active networks that neither own `call` nor have a copy of it."""
    holding = Call.objects.filter(Q(pk=call.pk) | Q(lead=call.pk)).values("network")
    return (
        Network.objects.filter(in_explor=True).exclude(pk__in=holding).order_by(french_key("name"))
    )


def shared_with(call: Call) -> list[Call]:
    """Return the calls of other networks that follow `call`, ended ones excluded."""
    rows = call.followers.exclude(state=State.ENDED).select_related("network")
    return list(rows.order_by("pk"))


def closed_followers(call: Call) -> list[Call]:
    """Return the calls of other networks that follow `call` and are closed to filing."""
    return [each for each in shared_with(call) if each.state == State.CLOSED]


def proposed_calls(actor: Actor) -> "QuerySet[Call]":
    """Return the draft calls that others propose to the network of `actor`, by opening date."""
    proposed = Call.objects.filter(network=actor.scope, state=State.DRAFT, lead__isnull=False)
    return proposed.select_related("lead__network").order_by("opens_at", "pk")


def own_funders(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the memberships of a person in funders, for the copy of their data."""
    own = FunderMember.objects.filter(person=person)
    yield from records(own, also={"financeur": "funder__name"})
