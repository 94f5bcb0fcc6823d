"""Database queries on proposals, on the reserve of needs and on taken seats.

A need is selected when a favourable decision on it is announced.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    CharField,
    Count,
    F,
    OuterRef,
    Q,
    QuerySet,
    SmallIntegerField,
    Value,
    Window,
)
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from explor.actors.experts.models import Expert
from explor.actors.lending.rules import days_by_year
from explor.ground.accounts.models import Person
from explor.ground.http.actor import Actor
from explor.ground.mail.selectors import bad_addresses
from explor.ground.rights.selectors import authored, records
from explor.journey.needs.models import Need
from explor.journey.shortlists.selectors import ProposalReads, ProposalStatus, searched

from .models import Answer, Proposal, ProposalQuerySet, ReserveEntry
from .states import HOLDING, State

RESERVE_NOTICE = 7  # number of days before the end of a reserve at which its network is warned


def stays_of(experts: "QuerySet[Expert]") -> ProposalQuerySet:
    """Return the agreed proposals of these experts, annotated with `last`, the last day taken."""
    return Proposal.objects.agreed().filter(expert__in=experts.values("pk")).with_last_day()


def statuses_of(need: Need) -> dict[int, ProposalStatus]:
    """Return {expert's primary key: status} for the experts proposed or in reserve for `need`."""
    columns = ("pk", "expert", "state", "rank")
    no_rank, no_state = Value(None, SmallIntegerField()), Value("", CharField())
    proposals = Proposal.objects.filter(need=need).order_by().annotate(rank=no_rank)
    reserve = standing_reserve(need).select_related(None).order_by().annotate(state=no_state)
    rows: Any = proposals.values_list(*columns).union(reserve.values_list(*columns), all=True)
    statuses: dict[int, ProposalStatus] = {}
    for _, expert, state, rank in rows.order_by("pk"):
        known = statuses.get(expert, ProposalStatus())
        proposed = str(State(state).label) if state else known.proposed
        statuses[expert] = ProposalStatus(
            proposed=proposed, rank=known.rank if rank is None else rank
        )
    return statuses


def held_seats(need: Need, seat: int | None) -> list[Proposal]:
    """Return the proposals that take a seat of a need, with their answers.

    `seat`, the primary key of a proposal, limits the result to this one.
    """
    held = Proposal.objects.filter(need=need).holding().select_related("expert__person")
    rows = held if seat is None else held.filter(pk=seat)
    return list(rows.prefetch_related("answers"))


def agreed_seats(needs: Iterable[int]) -> Counter[int]:
    """Return {need's primary key: number of its proposals that all parties accepted}."""
    rows = Proposal.objects.agreed().filter(need__in=list(needs))
    return Counter(rows.order_by().values_list("need", flat=True))


def days_taken(experts: Iterable[int], need: int) -> dict[int, Counter[int]]:
    """Return the days that experts take for needs other than `need`, by civil year.

    Only proposals agreed with the present employer of the person count.
    """
    rows = Proposal.objects.agreed().filter(
        expert__in=list(experts), employer=F("expert__employer")
    )
    days: dict[int, Counter[int]] = {}
    others = rows.filter(expert__in=list(experts)).exclude(need=need)
    columns: Any = ("expert", "start", "last")
    for expert, start, last in others.with_last_day().order_by("pk").values_list(*columns):
        if last >= start:
            days.setdefault(expert, Counter()).update(days_by_year(start, last))
    return days


READS = ProposalReads(stays=stays_of, statuses=statuses_of, agreed=agreed_seats)


def standing_reserve(need: Need) -> "QuerySet[ReserveEntry]":
    """Return the reserve entries of a need that have not expired, first rank first.

    An expert who no longer lets the network see their profile is left out.
    """
    entries = _shared_with(need.network_id).filter(need=need, until__gte=timezone.localdate())
    return entries.select_related("expert__person").order_by("rank", "pk")


def _shared_with(network: int | None) -> "QuerySet[ReserveEntry]":
    return ReserveEntry.objects.filter(expert__in=Expert.objects.shared_with(network).values("pk"))


def searches_open(actor: Actor) -> "QuerySet[Any]":
    """Return the selected needs with a free seat that `actor` may see.

    Each has `in_reserve`, the names of the experts in its current reserve entries, and `together`,
    the number of these needs.
    """
    entries = _shared_with(actor.scope).filter(need=OuterRef("pk"), until__gte=timezone.localdate())
    person = "expert__person__"
    name = Coalesce(NullIf(f"{person}name", Value("")), f"{person}email", output_field=CharField())
    names = entries.order_by("rank", "pk").values_list(name)
    needs = searched(actor).with_free_seats()
    return needs.annotate(in_reserve=ArraySubquery(names), together=Window(Count("pk")))


def reserves_ending_soon(actor: Actor) -> "QuerySet[ReserveEntry]":
    """Return the reserve entries of the network `actor` that end within a week.

    Only needs with a free seat count.
    """
    today = timezone.localdate()
    soon = today + timedelta(days=RESERVE_NOTICE)
    needs = searched(actor).with_free_seats().values("pk")
    entries = _shared_with(actor.scope).filter(until__range=(today, soon), need__in=needs)
    return entries.select_related("expert__person", "need").order_by("until", "pk")


def unanswered_by(actor: Actor) -> ProposalQuerySet:
    """Return the proposals that `actor` has not answered, the nearest deadline first."""
    rows = Proposal.objects.visible_to(actor).filter(state=State.PROPOSED)
    return rows.with_related().exclude(answers__party=actor.role).order_by("answer_by", "pk")


def unreachable(proposal: Proposal) -> dict[str, str]:
    """Return {email address: reason} for the addresses of the parties to which emails bounce."""
    organisations = [proposal.need.association_id, proposal.employer_id]
    people = Person.objects.filter(
        Q(member_of__organisation__in=[pk for pk in organisations if pk])
        | Q(pk=proposal.expert.person_id)
    )
    return bad_addresses(list(people.values_list("email", flat=True)))


def in_touch(before: datetime) -> ProposalQuerySet:
    """Return the proposals that changed, or took the days of their expert, since an instant."""
    recent = Q(created_at__gte=before) | Q(state_since__gte=before)
    held = Q(state__in=HOLDING, end__gte=timezone.localdate(before))
    return Proposal.objects.filter(recent | held)


def own_proposals(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the proposals made to a person, for the copy of their data."""
    own = Proposal.objects.filter(expert__person=person)
    yield from records(own, also={"besoin": "need__title", "employeur": "employer"})


def own_answers(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the answers of a person to proposals, for themselves or for their organisation."""
    as_expert = Answer.objects.filter(party="expert", proposal__expert__person=person)
    verbs, rows = ("accept", "decline"), Answer.objects.all()
    own = as_expert | authored(person, rows, verbs=verbs, file="proposal", party="party")
    yield from records(own, also={"besoin": "proposal__need__title"}, without=("by",))


def own_reserves(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the needs for which a person is in reserve, for the copy of their data."""
    own = ReserveEntry.objects.filter(expert__person=person)
    yield from records(own, also={"besoin": "need__title"})
