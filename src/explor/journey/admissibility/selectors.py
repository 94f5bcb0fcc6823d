"""Database queries for the pages and the actions of admissibility."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from django.db.models import Aggregate, Count, DurationField, F, Min, Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from explor.actors.experts.selectors import tied_organisations
from explor.actors.networks.selectors import officers_of
from explor.ground.accounts.models import Person
from explor.ground.http.actor import Actor
from explor.ground.http.bounds import number_of
from explor.ground.rights.selectors import authored, records
from explor.ground.ui.words import each_word_of
from explor.journey.calls.models import RequestedPaper
from explor.journey.eligibility.rules import RuleResult, evaluate
from explor.journey.needs.models import Need, NeedQuerySet
from explor.journey.needs.states import BEFORE, NOT_COUNTED, State

from . import rules
from .models import Note, Paper, Review, Supplement

PAGE = 50
BACK = timedelta(days=730)
# Columns that a row of the board and its rules need; long texts are not loaded, for performance.
COLUMNS = (
    *("version", "created_at", "title", "state", "filed_at", "country", "days"),
    *("window_start", "window_end"),
    *(
        "min_days",
        "max_days",
        "network_id",
        "association__name",
        "association__state",
        "association__founded_on",
    ),
    *("association__headcount", "association__department", "association__cer_signed_on"),
    *("association__general_interest", "call__title", "call__state", "call__rolling"),
    *("call__opens_at", "call__closes_at", "call__grace_minutes", "call__min_days"),
    *("call__max_days", "call__needs_per_association", "call__eligibility", "call__lead_id"),
    "officer__person__name",
)


def interests(actor: Actor, need: Need) -> list[str]:
    """Return the reason of `ties` while a need is filed or returned, else [].

    It prevents the officer from examining the need; after a verdict, nothing is left to examine.
    """
    return ties(actor, need) if need.state in (State.FILED, State.RETURNED) else []


def ties(actor: Actor, need: Need) -> list[str]:
    """Return a reason when an officer acts or works for the association of a need, else []."""
    if actor.role != "reseau":
        return []
    tied = tied_organisations(actor.person).filter(pk=need.association_id)
    return [rules.INTEREST] if tied.exists() else []


def board(
    actor: Actor, *, q: str = "", state: str = State.FILED, officer: str = "", call: str = ""
) -> NeedQuerySet:
    """Return the needs of the officers' board that match the filters, oldest filing first.

    Args:
        actor: the officer.
        q: words of the title or of the name of the association.
        state: a state, "" for all.
        officer: a primary key, "personne" for needs without an officer; any other text for all.
        call: a primary key; any other text for all.
    """
    rows = Need.objects.visible_to(actor).filter(filed_at__isnull=False)
    if state:
        rows = rows.filter(state=state)
    if officer == "personne":
        rows = rows.filter(officer=None)
    elif number := number_of(officer):
        rows = rows.filter(officer=number)
    if number := number_of(call):
        rows = rows.filter(call=number)
    rows = rows.filter(each_word_of(q, "title", "association__name"))
    rows = rows.select_related("association", "call", "officer__person")
    return rows.only(*COLUMNS).order_by("filed_at", "pk")


def with_all(rows: NeedQuerySet) -> NeedQuerySet:
    """Add to a query on needs the related rows that their rules read (`select_related`)."""
    return rows.select_related("association", "network", "call", "officer__person", "review")


def page_after(rows: NeedQuerySet, cursor: str) -> tuple[list[Need], str]:
    """Return one page of needs after `cursor`, and the next cursor or "".

    A cursor that is "" or malformed gives the first page.
    """
    if after := read_cursor(cursor):
        at, pk = after
        rows = rows.filter(Q(filed_at__gt=at) | Q(filed_at=at, pk__gt=pk))
    page = list(rows[: PAGE + 1])
    return page[:PAGE], cursor_of(page[PAGE - 1]) if len(page) > PAGE else ""


def cursor_of(need: Need) -> str:
    """Return the filing date and primary key of a need as a cursor, "" if it was never filed."""
    return f"{need.filed_at.isoformat()}_{need.pk}" if need.filed_at else ""


def read_cursor(cursor: str) -> tuple[datetime, int] | None:
    """Return the filing date and primary key in a cursor; None when it is malformed."""
    moment, _, pk = cursor.rpartition("_")
    try:
        at = parse_datetime(moment.replace(" ", "+"))
    except ValueError:
        return None
    if at is None or timezone.is_naive(at) or (number := number_of(pk)) is None:
        return None
    return at, number


def next_after(need: Need, actor: Actor) -> Need | None:
    """Return the filed need that follows `need`, else the oldest one; None if no other is filed."""
    waiting = Need.objects.visible_to(actor).filter(state=State.FILED).exclude(pk=need.pk)
    waiting = waiting.order_by("filed_at", "pk")
    after = Q(filed_at__gt=need.filed_at) | Q(filed_at=need.filed_at, pk__gt=need.pk)
    return waiting.filter(after).first() or waiting.first()


@dataclass(frozen=True, kw_only=True)
class Filing:
    """The facts on the filing of a need that its rules depend on.

    `others` counts the other needs that the association filed on the call. `at` is the date of the
    first filing, or now for a draft. `deadline_waived` is true if an officer submitted it late.
    """

    others: int
    at: datetime
    deadline_waived: bool

    def evaluate(self, need: Need) -> list[RuleResult]:
        """Return the result on `need` of each rule of its call."""
        waived = self.deadline_waived
        return evaluate(need, at=self.at, others=self.others, deadline_waived=waived)


def filings_of(needs: Sequence[Need]) -> dict[int, Filing]:
    """Return the `Filing` of each need by its primary key, in two queries."""
    same = Need.objects.counted().filter(
        association__in={need.association_id for need in needs},
        call__in={need.call_id for need in needs},
    )
    pairs = same.order_by().values_list("association", "call").annotate(count=Count("pk"))
    counted = {(association, call): count for association, call, count in pairs}
    rows = Need.objects.filter(pk__in=[need.pk for need in needs])
    columns = ("association", "call", "state", "filed_at", "review__filed_first_at")
    now = timezone.now()
    return {
        pk: Filing(
            others=counted.get((association, call), 0) - (state not in NOT_COUNTED),
            at=first or filed_at or now,
            deadline_waived=bool(late),
        )
        for pk, association, call, state, filed_at, first, late in rows.order_by().values_list(
            "pk", *columns, "review__late_reason"
        )
    }


def results_of(needs: Sequence[Need]) -> dict[int, list[RuleResult]]:
    """Return, by primary key of the need, the results of its rules, in four queries.

    Each compulsory document of the call counts as a rule: it holds when it was submitted.
    """
    filings = filings_of(needs)
    calls = {need.call_id for need in needs}
    requested: defaultdict[int, list[RequestedPaper]] = defaultdict(list)
    for paper in RequestedPaper.objects.filter(call__in=calls, requested=True, needed=True):
        requested[paper.call_id].append(paper)
    given = set(Paper.objects.filter(need__in=needs).values_list("need", "requested_paper"))
    return {
        need.pk: [
            *filings[need.pk].evaluate(need),
            *(
                _paper_result(paper, (need.pk, paper.pk) in given)
                for paper in requested[need.call_id]
            ),
        ]
        for need in needs
    }


def _paper_result(paper: RequestedPaper, given: bool) -> RuleResult:
    return RuleResult(
        code=f"document-{paper.pk}",
        label=f"Document : {paper.label}",
        holds=given,
        why="" if given else "Ce document n’est pas remis.",
    )


def review_of(need: Need) -> Review | None:
    """Return the review of a need, None when its network has not begun one."""
    return getattr(need, "review", None)


def supplement_of(need: Need) -> Supplement | None:
    """Return the request for supplements on a need, with its items; None when there is none."""
    rows = Supplement.objects.filter(need=need).prefetch_related("items__paper", "items__document")
    return rows.first()


def papers_of(need: Need) -> list[tuple[RequestedPaper, Paper | None]]:
    """Return (document requested by the call, document submitted or None), compulsory ones first.

    A document that is no longer requested is included when the association submitted it.
    """
    given = {
        p.requested_paper_id: p for p in Paper.objects.filter(need=need).select_related("document")
    }
    requested = RequestedPaper.objects.filter(
        Q(call=need.call_id, requested=True) | Q(pk__in=list(given))
    )
    return [(each, given.get(each.pk)) for each in requested.order_by("-needed", "order", "pk")]


def workload(actor: Actor) -> list[dict[str, Any]]:
    """Return a dict for the needs without an officer, then one for each officer of the network.

    Keys: `officer` (primary key as text, or "personne"), `name`, the numbers of `filed` and
    `returned` needs, `oldest` (first filing date among the filed ones, or None) and `away` (the
    date until which the officer is away, or None).
    """
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
    """SQL aggregate: the percentile `share` (from 0 to 1) of an expression, interpolated."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"


def clock_of(network: int) -> rules.Clock:
    """Return the response times of a network, for its verdicts of the last two years.

    A response time runs from the last filing of a need to the verdict on it, in days rounded up.
    """
    taken = F("state_since") - F("filed_at")
    figures = Need.objects.filter(
        network=network,
        state__in=(State.ADMISSIBLE, State.INADMISSIBLE),
        filed_at__isnull=False,
        state_since__gte=timezone.now() - BACK,
    ).aggregate(
        decided=Count("pk"),
        median=Percentile(taken, share=0.5, output_field=DurationField()),
        ninetieth=Percentile(taken, share=0.9, output_field=DurationField()),
    )
    if figures["decided"] < rules.ENOUGH:
        return rules.Clock(decided=figures["decided"], median=None, ninetieth=None)
    days = {
        name: max(ceil(figures[name] / timedelta(days=1)), 1) for name in ("median", "ninetieth")
    }
    return rules.Clock(decided=figures["decided"], **days)


def late_drafts(actor: Actor) -> "QuerySet[Need]":
    """Return the drafts and returned needs of a network whose call is closed.

    An open call past its closing date counts as closed, even in its grace period.
    """
    now = timezone.now()
    past = Q(call__state="closed") | Q(call__state="open", call__closes_at__lte=now)
    rows = Need.objects.filter(past, network=actor.scope, state__in=BEFORE)
    return rows.select_related("association", "call").order_by("pk")


def drafts_after(actor: Actor, cursor: str) -> tuple[list[Need], str]:
    """Return a page of the needs of `late_drafts` after `cursor`, and the next cursor or "".

    `cursor` is "" for the first page.
    """
    after = number_of(cursor) or 0
    rows = list(late_drafts(actor).filter(pk__gt=after)[: PAGE + 1])
    return rows[:PAGE], str(rows[PAGE - 1].pk) if len(rows) > PAGE else ""


def awaited(actor: Actor) -> "QuerySet[Supplement]":
    """Return the requests for supplements that the association `actor` must answer, by deadline."""
    rows = Supplement.objects.filter(need__association=actor.scope, need__state=State.RETURNED)
    return rows.select_related("need__network").order_by("answer_by")


def overdue(actor: Actor) -> list[Supplement]:
    """Return the requests for supplements of a network that are past their deadline, oldest first.

    There are `PAGE` at most, all on needs that the association has not resubmitted.
    """
    late = Supplement.objects.filter(
        need__network=actor.scope, need__state=State.RETURNED, answer_by__lte=timezone.now()
    ).select_related("need__association")
    return list(late.order_by("answer_by", "pk")[:PAGE])


def own_notes(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the internal notes that a person wrote, for the copy of their data."""
    own = authored(person, Note.objects.all(), verbs=("note",))
    yield from records(own, also={"besoin": "need__title"}, without=("by",))
