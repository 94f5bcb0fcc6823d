"""Ranking of the needs of a call by mean score, and which of their costs the envelope covers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Sum
from django.db.models.functions import Coalesce

from explor.ground.ui.order import french_key
from explor.journey.calls.models import Envelope
from explor.journey.committees.models import Bylaws
from explor.journey.committees.rules import scoring
from explor.journey.committees.selectors import recused_by_need, scores_by_need

from ..models import SELECTED, Decision
from ..states import State


@dataclass(frozen=True, kw_only=True)
class Money:
    """The cost of the favourable decisions of a call, and the total of its envelopes, in euros.

    `envelope` is None when no funder grants anything: the cost then has no limit.
    """

    granted: Decimal
    envelope: Decimal | None

    @property
    def left(self) -> Decimal | None:
        """Return what remains of the envelope, negative once exceeded; None without envelope."""
        return None if self.envelope is None else self.envelope - self.granted


def money_of(bylaws: Bylaws, *, exclude: Decision | None = None) -> Money:
    """Return the cost of the favourable decisions (but `exclude`) and the envelope of a call.

    The call is that of `bylaws`, whose usual cost counts for a decision without amount.
    """
    granted = Decision.objects.granted().filter(need__call=bylaws.call_id)
    if exclude:
        granted = granted.exclude(pk=exclude.pk)
    each = Coalesce("amount", bylaws.amount)
    return Money(
        granted=granted.aggregate(sum=Sum(each))["sum"] or Decimal(0),
        envelope=Envelope.objects.filter(call=bylaws.call_id).aggregate(sum=Sum("amount"))["sum"],
    )


@dataclass(kw_only=True)
class RankedNeed:
    """A need in the ranking, for the chair and the network.

    `tone` and `spread` are the tone and label of a badge on the spread of its scores; `recused`
    holds primary keys of members. `cost` is in euros, and `total` adds the costs down to this need.
    `within` is whether the envelope covers the need (None if there is no envelope). `last` marks
    the last need covered, when others are not.
    """

    decision: Decision
    scores: scoring.Scores | None
    tone: str
    spread: str
    recused: list[int] = field(default_factory=list)
    rank: int = 0
    cost: Decimal = Decimal(0)
    total: Decimal = Decimal(0)
    within: bool | None = None
    last: bool = False

    @property
    def decided(self) -> bool:
        return self.decision.state != State.TO_DECIDE


def ranking(bylaws: Bylaws, money: Money) -> list[RankedNeed]:
    """Return the needs of a call not announced yet, best mean score first, with their costs.

    Needs decided otherwise than favourably cost nothing; needs without opinion come last.
    """
    decisions = list(
        Decision.objects.live()
        .filter(need__call=bylaws.call_id)
        .exclude(state=State.ANNOUNCED)
        .select_related("need__association")
        .order_by(french_key("need__title"), "pk")
    )
    needs = [each.need_id for each in decisions]
    scores, recused = scores_by_need(needs), recused_by_need(needs)
    rows = [_row(each, scores[each.need_id], recused[each.need_id], bylaws) for each in decisions]
    rows.sort(key=lambda row: -row.scores.mean if row.scores else 1)
    decided = sum(row.cost for row in rows if row.decided)
    _draw_line(rows, money.granted - decided, money.envelope)
    return rows


def _row(
    decision: Decision, scores: list[Decimal], recused: list[int], bylaws: Bylaws
) -> RankedNeed:
    summary = scoring.summarise(scores)
    tone, spread = scoring.describe_spread(summary, bylaws.threshold)
    paid = decision.state == State.TO_DECIDE or decision.verdict in SELECTED
    cost = (bylaws.amount if decision.amount is None else decision.amount) if paid else Decimal(0)
    return RankedNeed(
        decision=decision, scores=summary, tone=tone, spread=spread, recused=recused, cost=cost
    )


def _draw_line(rows: Iterable[RankedNeed], spent: Decimal, envelope: Decimal | None) -> None:
    """Set, on each need of the ranking, its rank, the total cost so far and whether it is covered.

    After the first need that exceeds the envelope, none is covered. `spent` is the cost of the
    decisions that are not in `rows`, in euros.
    """
    total, within, last = spent, True, None
    for rank, row in enumerate(rows, 1):
        row.rank, total = rank, total + row.cost
        row.total = total
        if envelope is not None:
            within = within and total <= envelope
            row.within = within
            last = row if within else last
    if last and not within:
        last.last = True
