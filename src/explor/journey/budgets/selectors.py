"""Database queries on budgets (by mission, network or envelope), and on papers past their term."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, Exists, F, Model, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from explor.actors.networks.models import Network
from explor.ground.reference.selectors import label
from explor.ground.ui.order import french_key
from explor.journey.calls.models import Envelope
from explor.journey.missions.models import Mission, MissionQuerySet
from explor.journey.missions.selectors import ended_before
from explor.journey.missions.states import states_where
from explor.journey.releases.models import Agreement
from explor.journey.releases.selectors import documents_of

from .models import AMOUNTS, BudgetLine, PaperKind

ZERO = Decimal(0)
COUNTED = states_where(is_counted=True)


def lines_of(mission: Mission) -> list[dict[str, Any]]:
    """Return a dict for each budget line of a mission.

    Keys: `pk`, `label` (of the heading), `funder` (its name or ""), and the amounts `planned`,
    `committed` and `paid`, in euros.
    """
    lines = BudgetLine.objects.filter(mission=mission.pk).select_related("funder")
    return [
        {
            "pk": line.pk,
            "label": label("budget_headings", line.heading),
            "funder": line.funder.name if line.funder else "",
            **{name: getattr(line, name) for name in AMOUNTS},
        }
        for line in lines.order_by("heading", "pk")
    ]


def totals_of(lines: list[dict[str, Any]]) -> dict[str, Decimal]:
    """Return the totals of `lines` as `planned`, `committed` and `paid`, in euros."""
    return {name: sum((line[name] for line in lines), ZERO) for name in AMOUNTS}


def by_network(network: int | None = None, funder: int | None = None) -> list[dict[str, Any]]:
    """Return, for each network, its `name`, number of `missions`, and total amounts in euros.

    The amounts are `planned`, `committed` and `paid`. A cancelled mission is not counted, and what
    was paid for it replaces its three amounts. A network that left the programme stays while it
    has missions. With `network`, only return this network; with `funder`, only count the amounts
    of this funder and the missions that it pays for.
    """
    counted = Q(missions__budget__funder=funder) if funder is not None else Q()
    alive = counted & Q(missions__state__in=COUNTED)
    # Each line is joined once, so that the sums are right; each mission, once a line.
    rows: Iterable[Any] = (
        Network.objects.filter(**({} if network is None else {"pk": network}))
        .annotate(all=Count("missions", filter=counted))
        .filter(Q(in_explor=True) | Q(all__gt=0))
        .order_by(french_key("name"))
        .values(
            "name",
            count=Count("missions", distinct=True, filter=alive),
            **_sums(prefix="missions__budget__", mission="missions__", only=counted),
        )
    )
    return [{"missions": row.pop("count"), **row} for row in rows]


def _sums(*, prefix: str = "", mission: str = "mission__", only: Q = Q()) -> dict[str, Any]:  # noqa: B008
    """Return the sums of the amounts, where a mission that was called off takes what was paid.

    Args:
        prefix: the path to the budget lines.
        mission: the path to their mission.
        only: the lines to add up.
    """
    off = ~Q(**{f"{mission}state__in": COUNTED})
    taken = {
        each: Case(When(off, then=F(f"{prefix}paid")), default=F(f"{prefix}{each}"))
        for each in AMOUNTS
    }
    return {name: Coalesce(Sum(each, filter=only), ZERO) for name, each in taken.items()}


def consumed(network: int) -> list[dict[str, Any]]:
    """Return a dict for each envelope of the calls of a network, with what is planned and paid.

    Keys: `number`, the names `call` and `funder`, and, in euros, `amount` (granted by the funder),
    `planned`, `paid` and `left` (not planned yet). Only what was paid counts as planned for a
    cancelled mission.
    """
    lines = BudgetLine.objects.filter(
        mission__network=network, mission__need__call=OuterRef("call"), funder=OuterRef("funder")
    )
    sums = {f"sum_{name}": each for name, each in _sums().items()}
    summed = lines.order_by().values("funder").annotate(**sums)
    taken = {
        name: Coalesce(Subquery(summed.values(f"sum_{name}")), ZERO) for name in ("planned", "paid")
    }
    envelopes: Any = (
        Envelope.objects.filter(call__network=network)
        .select_related("call", "funder")
        .annotate(**taken)
        .order_by("-call__opens_at", "call", french_key("funder__name"), "pk")
    )
    return [
        {
            "number": each.file_number,
            "call": each.call.title,
            "funder": each.funder.name,
            "amount": each.amount,
            "planned": each.planned,
            "paid": each.paid,
            "left": each.amount - each.planned,
        }
        for each in envelopes
    ]


def planned_from(envelope: Envelope) -> Decimal:
    """Return what missions of the call of an envelope plan from its funder, in euros.

    A mission that was called off only takes what was paid.
    """
    lines = BudgetLine.objects.filter(
        funder=envelope.funder_id, mission__need__call=envelope.call_id
    )
    planned: Decimal = lines.aggregate(sum=_sums()["planned"])["sum"]
    return planned


def with_old_accounts(before: datetime) -> MissionQuerySet:
    """Return the missions ended before an instant that still have an agreement or a budget."""
    agreements = Agreement.objects.filter(release=OuterRef("release"))
    lines = BudgetLine.objects.filter(mission=OuterRef("pk"))
    return ended_before(before).filter(Exists(agreements) | Exists(lines))


@dataclass(frozen=True, kw_only=True)
class OldPaper:
    """A paper of a mission: its row as `label:pk`, its day, and its size in bytes."""

    row: str
    day: date
    size: int = 0


def old_papers(mission: Mission, kind: str) -> list[OldPaper]:
    """Return the papers of one `PaperKind` of a mission, the oldest first."""
    if kind == PaperKind.BUDGET:
        papers = [old_paper(line, line.created_at) for line in mission.budget.all()]
    else:
        release = mission.release
        papers = [old_paper(each, each.drawn_at) for each in release.agreements.all()]
        for document in documents_of(release):
            papers.append(old_paper(document, document.uploaded_at, document.size))
    return sorted(papers, key=lambda paper: (paper.day, paper.row))


def old_paper(row: Model, at: datetime, size: int = 0) -> OldPaper:
    """Return the `OldPaper` that describes a row of a mission."""
    return OldPaper(row=f"{row._meta.label_lower}:{row.pk}", day=timezone.localdate(at), size=size)
