"""The files of a committee: what its members think, what they cost, where the envelope ends."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Prefetch, QuerySet, Sum
from django.db.models.functions import Coalesce

from explor.journey.calls.models import Call, Envelope

from ..models import SELECTED, Bylaws, CommitteeMember, Decision, Opinion, Recusal, Score, Session
from ..rules import scoring, voting
from ..states import State


def bylaws_of(call: Call) -> Bylaws:
    """How the committee of a call judges and votes; the examples until someone sets them."""
    return Bylaws.objects.filter(call=call).first() or Bylaws(call=call)


@dataclass(frozen=True, kw_only=True)
class Money:
    """What the favourable decisions cost, and what the funders put on the call, in euros.

    `envelope` is None where no funder put anything: nothing is compared then.
    """

    granted: Decimal
    envelope: Decimal | None

    @property
    def left(self) -> Decimal | None:
        return None if self.envelope is None else self.envelope - self.granted


def money_of(bylaws: Bylaws, *, but: Decision | None = None) -> Money:
    """The money of the call of these bylaws, the decision `but` left out."""
    granted = Decision.objects.granted().filter(need__call=bylaws.call_id)
    if but:
        granted = granted.exclude(pk=but.pk)
    each = Coalesce("amount", bylaws.amount)
    return Money(
        granted=granted.aggregate(sum=Sum(each))["sum"] or Decimal(0),
        envelope=Envelope.objects.filter(call=bylaws.call_id).aggregate(sum=Sum("amount"))["sum"],
    )


def room_of(session: Session, need: int) -> voting.Room:
    """Who may vote on a need in a session."""
    aside = Recusal.objects.filter(need=need).values("member")
    present = session.present.exclude(pk__in=aside).values_list("chair", flat=True)
    seated = CommitteeMember.objects.filter(call=session.call_id).exclude(pk__in=aside)
    return voting.Room(seated=seated.count(), present=len(present), chaired=any(present))


@dataclass(kw_only=True)
class File:
    """A file as the chair and the network see it; `inside` says on which side of the line it is."""

    decision: Decision
    scores: scoring.Scores | None
    tone: str
    told: str
    aside: list[int] = field(default_factory=list)
    rank: int = 0
    cost: Decimal = Decimal(0)
    total: Decimal = Decimal(0)
    inside: bool | None = None
    last: bool = False

    @property
    def decided(self) -> bool:
        return self.decision.state != State.TO_DECIDE


def ranking(bylaws: Bylaws, money: Money) -> list[File]:
    """The files of a call still to announce, best first, and which of them the envelope can pay.

    Files decided otherwise than favourably cost nothing; those without opinion come last.
    """
    decisions = list(
        Decision.objects.live()
        .filter(need__call=bylaws.call_id)
        .exclude(state=State.ANNOUNCED)
        .select_related("need__association")
        .order_by("need__title", "pk")
    )
    needs = [each.need_id for each in decisions]
    scores, aside = _scores_of(needs), _aside_of(needs)
    rows = [_file(each, scores[each.need_id], aside[each.need_id], bylaws) for each in decisions]
    rows.sort(key=lambda row: -row.scores.mean if row.scores else 1)
    deciding = sum(row.cost for row in rows if row.decided)
    _draw_line(rows, money.granted - deciding, money.envelope)
    return rows


def _scores_of(needs: list[int]) -> defaultdict[int, list[Decimal]]:
    found: defaultdict[int, list[Decimal]] = defaultdict(list)
    counted = Opinion.objects.counted().filter(need__in=needs).order_by("pk")
    for need, score in counted.values_list("need", "score"):
        found[need].append(score)  # type: ignore[arg-type]  # a final opinion has a score
    return found


def _aside_of(needs: list[int]) -> defaultdict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for need, member in Recusal.objects.filter(need__in=needs).values_list("need", "member"):
        found[need].append(member)
    return found


def _file(decision: Decision, scores: list[Decimal], aside: list[int], bylaws: Bylaws) -> File:
    together = scoring.together(scores)
    tone, told = scoring.told_spread(together, bylaws.threshold)
    paid = decision.state == State.TO_DECIDE or decision.verdict in SELECTED
    cost = (bylaws.amount if decision.amount is None else decision.amount) if paid else Decimal(0)
    return File(decision=decision, scores=together, tone=tone, told=told, aside=aside, cost=cost)


def _draw_line(rows: Iterable[File], spent: Decimal, envelope: Decimal | None) -> None:
    """Add up the costs down the ranking, until the envelope is spent; nothing fits below."""
    total, within, last = spent, True, None
    for rank, row in enumerate(rows, 1):
        row.rank, total = rank, total + row.cost
        row.total = total
        if envelope is not None:
            within = within and total <= envelope
            row.inside = within
            last = row if within else last
    if last and not within:
        last.last = True


def announced_of(call: Call) -> "QuerySet[Decision]":
    """What was announced on a call, the latest first."""
    found = Decision.objects.filter(need__call=call, state=State.ANNOUNCED)
    return found.select_related("need__association").order_by("-announced_at", "-pk")


def files_of(member: CommitteeMember) -> "QuerySet[Decision]":
    """The files of a member's committee, with their own opinion and their own recusals."""
    own = Opinion.objects.filter(member=member)
    aside = Recusal.objects.filter(member=member)
    return (
        Decision.objects.live()
        .filter(need__call=member.call_id)
        .select_related("need__association", "need__network", "need__call")
        .prefetch_related(
            Prefetch("need__opinions", queryset=own, to_attr="own_opinions"),
            Prefetch("need__recusals", queryset=aside, to_attr="own_recusals"),
        )
        .order_by("state", "need__title", "pk")
    )


def reading_of(member: CommitteeMember) -> "QuerySet[Decision]":
    """The files that a member may still judge, with all that they read of them."""
    return (
        files_of(member)
        .filter(state=State.TO_DECIDE)
        .exclude(need__recusals__member=member)
        .select_related("need__project", "need__partner", "need__officer__person")
        .prefetch_related("need__languages", "need__comments")
    )


def opinions_on(decision: Decision) -> "QuerySet[Opinion]":
    """The final opinions on a file, criterion by criterion."""
    scores = Score.objects.select_related("criterion").order_by("criterion__order", "pk")
    return (
        Opinion.objects.counted()
        .filter(need=decision.need_id)
        .select_related("member__person")
        .prefetch_related(Prefetch("scores", queryset=scores))
        .order_by("pk")
    )
