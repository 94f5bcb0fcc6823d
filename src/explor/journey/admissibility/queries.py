"""Reads of admissibility: the board, the rules read on many needs at once, the clock."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from django.db.models import Aggregate, Count, DurationField, F, Min, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from explor.actors.networks.queries import officers_of
from explor.actors.organisations.states import State as Membership
from explor.ground.common.actor import Actor
from explor.ground.common.parts import Instead, Panel, Waiting
from explor.ground.common.request import Request
from explor.ground.reference.queries import terms
from explor.journey.calls.models import Call, PaperAsked
from explor.journey.calls.rules import Applicant, Reading, last_instant, read_all
from explor.journey.needs.models import Need, NeedQuerySet
from explor.journey.needs.queries import TONES
from explor.journey.needs.states import BEFORE, State

from . import rules
from .models import Paper, Review, Supplement

PAGE = 50
BACK = timedelta(days=730)
GONE = (*BEFORE, State.WITHDRAWN, State.INADMISSIBLE)
READING: dict[str, str] = {
    State.FILED: "Examiner la recevabilité",
    State.RETURNED: "Suivre les compléments",
}
# What a line of the board shows, and what its rules read: the long texts stay where they are.
COLUMNS = (
    *("version", "title", "state", "filed_at", "country", "days", "window_start", "window_end"),
    *("network_id", "association__name", "association__state", "association__founded_on"),
    *("association__headcount", "association__department", "association__cer_signed_on"),
    *("association__general_interest", "call__title", "call__state", "call__rolling"),
    *("call__opens_at", "call__closes_at", "call__grace_minutes", "call__min_days"),
    *("call__max_days", "call__needs_per_association", "call__eligibility", "call__lead_id"),
    *("officer__person__name", "review__filed_first_at", "review__late_reason"),
)
Readings = dict[int, list[Reading]]


def board(
    actor: Actor, *, q: str = "", state: str = State.FILED, officer: str = "", call: str = ""
) -> NeedQuerySet:
    """The needs that wait for the network's word, the oldest filing first."""
    found = Need.objects.visible_to(actor).filter(filed_at__isnull=False)
    if state:
        found = found.filter(state=state)
    if officer == "personne":
        found = found.filter(officer=None)
    elif officer.isdigit():
        found = found.filter(officer=int(officer))
    if call.isdigit():
        found = found.filter(call=int(call))
    for word in q.split():
        found = found.filter(
            Q(title__unaccent__icontains=word) | Q(association__name__unaccent__icontains=word)
        )
    rows = found.select_related("association", "call", "officer__person", "review")
    return rows.only(*COLUMNS).order_by("filed_at", "pk")


def with_all(found: NeedQuerySet) -> NeedQuerySet:
    """The needs with what their rules read, in one query."""
    return found.select_related("association", "network", "call", "officer__person", "review")


def page_after(found: NeedQuerySet, cursor: str) -> tuple[list[Need], str]:
    """A page of the board after the line that the cursor names, and the cursor of the next."""
    if after := read_cursor(cursor):
        at, pk = after
        found = found.filter(Q(filed_at__gt=at) | Q(filed_at=at, pk__gt=pk))
    rows = list(found[: PAGE + 1])
    return rows[:PAGE], cursor_of(rows[PAGE - 1]) if len(rows) > PAGE else ""


def cursor_of(need: Need) -> str:
    """Where a need stands on the board."""
    return f"{need.filed_at.isoformat()}_{need.pk}" if need.filed_at else ""


def read_cursor(cursor: str) -> tuple[datetime, int] | None:
    """The line that a cursor names; nothing for one that was tampered with."""
    moment, _, pk = cursor.rpartition("_")
    try:
        at = parse_datetime(moment.replace(" ", "+"))
    except ValueError:
        return None
    if at is None or timezone.is_naive(at) or not pk.isdecimal() or len(pk) > 18:
        return None
    return at, int(pk)


def next_after(need: Need, actor: Actor) -> Need | None:
    """The next need to examine after this one, beginning again at the oldest."""
    waiting = Need.objects.visible_to(actor).filter(state=State.FILED).exclude(pk=need.pk)
    waiting = waiting.order_by("filed_at", "pk")
    after = Q(filed_at__gt=need.filed_at) | Q(filed_at=need.filed_at, pk__gt=need.pk)
    return waiting.filter(after).first() or waiting.first()


def readings_of(needs: Sequence[Need]) -> Readings:
    """Every computed rule read on each need: three queries for any number of needs."""
    calls = {need.call_id for need in needs}
    keys = Need.objects.filter(association__in={n.association_id for n in needs}, call__in=calls)
    counts = keys.exclude(state__in=GONE).values_list("association", "call").annotate(n=Count("pk"))
    filed = {(association, call): n for association, call, n in counts.order_by()}
    asked: defaultdict[int, list[PaperAsked]] = defaultdict(list)
    for paper in PaperAsked.objects.filter(call__in=calls, asked=True, needed=True):
        asked[paper.call_id].append(paper)
    given = set(Paper.objects.filter(need__in=needs).values_list("need", "asked"))
    found: Readings = {}
    for need in needs:
        others = filed.get((need.association_id, need.call_id), 0) - (need.state not in GONE)
        papers = [
            Reading(
                code=f"document-{paper.pk}",
                label=f"Document : {paper.label}",
                holds=(need.pk, paper.pk) in given,
                why="" if (need.pk, paper.pk) in given else "Ce document n’est pas remis.",
            )
            for paper in asked[need.call_id]
        ]
        found[need.pk] = read_all(need.call, applicant_of(need, others)) + papers
    return found


def applicant_of(need: Need, others: int) -> Applicant:
    """What the rules read of a need and its association."""
    association, review = need.association, review_of(need)
    filed_at = (review.filed_first_at if review else None) or need.filed_at or timezone.now()
    last = last_instant(need.call)
    late = need.call.opens_at > filed_at or (last is not None and filed_at >= last)
    department = terms("departments").get(association.department)
    return Applicant(
        on=timezone.localdate(filed_at),
        verified=association.state == Membership.VERIFIED,
        founded_on=association.founded_on,
        headcount=association.headcount,
        region=department.parent if department else "",
        country=need.country,
        days=need.days,
        window_start=need.window_start,
        window_end=need.window_end,
        other_needs=others,
        in_time=not late or bool(review and review.late_reason),
        cer_signed_on=association.cer_signed_on,
        general_interest=association.general_interest,
    )


def review_of(need: Need) -> Review | None:
    """The network's reading of a need, if it began one."""
    return getattr(need, "review", None)


def supplement_of(need: Need) -> Supplement | None:
    """What was asked of the association, with its items."""
    found = Supplement.objects.filter(need=need).prefetch_related("items__paper", "items__document")
    return found.first()


def papers_of(need: Need) -> list[tuple[PaperAsked, Paper | None]]:
    """The documents that the call asks for, each with what was handed over."""
    given = {p.asked_id: p for p in Paper.objects.filter(need=need).select_related("document")}
    asked = PaperAsked.objects.filter(Q(call=need.call_id, asked=True) | Q(pk__in=list(given)))
    return [(each, given.get(each.pk)) for each in asked.order_by("-needed", "order", "pk")]


def workload(actor: Actor) -> list[dict[str, Any]]:
    """Who has how many needs in hand in the network, and since when the oldest waits."""
    waiting = Need.objects.visible_to(actor).filter(state__in=(State.FILED, State.RETURNED))
    counted = (
        waiting.order_by()
        .values("officer")
        .annotate(
            filed=Count("pk", filter=Q(state=State.FILED)),
            returned=Count("pk", filter=Q(state=State.RETURNED)),
            oldest=Min("filed_at", filter=Q(state=State.FILED)),
        )
    )
    rows: dict[int | None, Any] = {row["officer"]: row for row in counted}
    blank = {"filed": 0, "returned": 0, "oldest": None, "away": None}
    today = timezone.localdate()
    own = [
        {
            **blank,
            **rows.get(each.pk, {}),
            "officer": str(each.pk),
            "name": each.person.name,
            "away": each.away_until if each.away_until and each.away_until >= today else None,
        }
        for each in officers_of(actor.scope or 0)
    ]
    return [{**blank, **rows.get(None, {}), "officer": "personne", "name": "Sans personne"}, *own]


class Percentile(Aggregate):
    """The value below which a share of the rows lies."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"


def clock_of(network: int) -> rules.Clock:
    """How long the network took, from the last filing to its word, over two years."""
    taken = F("state_since") - F("filed_at")
    told = Need.objects.filter(
        network=network,
        state__in=(State.ADMISSIBLE, State.INADMISSIBLE),
        filed_at__isnull=False,
        state_since__gte=timezone.now() - BACK,
    ).aggregate(
        decided=Count("pk"),
        median=Percentile(taken, share=0.5, output_field=DurationField()),
        ninetieth=Percentile(taken, share=0.9, output_field=DurationField()),
    )
    if told["decided"] < rules.ENOUGH:
        return rules.Clock(decided=told["decided"], median=None, ninetieth=None)
    days = {name: max(ceil(told[name] / timedelta(days=1)), 1) for name in ("median", "ninetieth")}
    return rules.Clock(decided=told["decided"], **days)


def late_drafts(actor: Actor) -> "QuerySet[Need]":
    """What is not filed on calls of the network that no longer receive, for its title alone."""
    now = timezone.now()
    past = Q(call__state="closed") | Q(call__state="open", call__closes_at__lte=now)
    found = Need.objects.filter(past, network=actor.scope, state__in=BEFORE)
    return found.select_related("association", "call").order_by("pk")


def drafts_after(actor: Actor, cursor: str) -> tuple[list[Need], str]:
    """A page of those drafts after the number that the cursor names, and the next cursor."""
    after = int(cursor) if cursor.isdecimal() and len(cursor) < 18 else 0
    rows = list(late_drafts(actor).filter(pk__gt=after)[: PAGE + 1])
    return rows[:PAGE], str(rows[PAGE - 1].pk) if len(rows) > PAGE else ""


def waiting_for_association(actor: Actor) -> list[Waiting]:
    """Supplements to give before their deadline."""
    found = Supplement.objects.filter(
        need__association=actor.scope, need__state=State.RETURNED
    ).select_related("need__network")
    return [
        Waiting(
            title=f"Donner les compléments de « {each.need.title} »",
            url=reverse("admissibility:association_answer", args=[actor.key, each.need_id]),
            why=f"{each.need.network} les demande, une seule fois.",
            until=timezone.localdate(each.answer_by),
            urgent=True,
        )
        for each in found.order_by("answer_by")[:50]
    ]


def overdue(actor: Actor) -> list[Supplement]:
    """Supplements whose deadline is past, the oldest first."""
    late = Supplement.objects.filter(
        need__network=actor.scope, need__state=State.RETURNED, answer_by__lte=timezone.now()
    ).select_related("need__association")
    return list(late.order_by("answer_by", "pk")[:PAGE])


def told_overdue(actor: Actor, late: Sequence[Supplement]) -> list[Waiting]:
    """What an officer may do of each."""
    return [
        Waiting(
            title=f"Prolonger, ou refuser « {each.need.title} »",
            url=reverse("admissibility:reseau_need", args=[actor.key, each.need_id]),
            why=f"{each.need.association} n’a pas donné ses compléments à temps.",
            until=timezone.localdate(each.answer_by),
        )
        for each in late
    ]


def for_association(request: Request, need: Need) -> Panel:
    """What the network reads, asks and takes as time, told to the association."""
    before, clock = need.state in BEFORE, clock_of(need.network_id)
    context = {
        "need": need,
        "asked": supplement_of(need) if need.state == State.RETURNED else None,
        "readings": readings_of([need])[need.pk] if before else [],
        "papers": papers_of(need),
        "waits": need.state == State.FILED,
        "clock": rules.told_clock(clock),
        "likely": _likely(need, clock),
    }
    template = "admissibility/_panel_association.html"
    return Panel(title="Recevabilité", template=template, context=context)


def _likely(need: Need, clock: rules.Clock) -> datetime | None:
    if need.state != State.FILED or need.filed_at is None or clock.ninetieth is None:
        return None
    return need.filed_at + timedelta(days=clock.ninetieth)


def for_network(request: Request, need: Need) -> Panel:
    """The way to the page of admissibility."""
    context = {"need": need, "waits": need.state == State.FILED, "tone": TONES[need.state]}
    return Panel(title="Recevabilité", template="admissibility/_panel_reseau.html", context=context)


def for_call(request: Request, call: Call) -> Panel:
    """The way from a call to its needs."""
    context = {"call": call, "late": call.state in ("open", "closed")}
    template = "admissibility/_panel_call.html"
    return Panel(title="Recevabilité des besoins", template=template, context=context)


def instead(request: Request, need: Need) -> Instead | None:
    """The verdict on a need is given on the page that reads its rules and asks the questions."""
    if not rules.can_read(request.actor, need) or need.state not in READING:
        return None
    return Instead(
        label=READING[need.state],
        url=reverse("admissibility:reseau_need", args=[request.actor.key, need.pk]),
        verbs=("admit", "reject", "send_back"),
    )
