"""Database queries on budgets: by mission, by call for projects, by network."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, Model, OuterRef, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from explor.actors.networks.models import Network
from explor.ground.reference.selectors import label
from explor.ground.ui.order import french_key
from explor.journey.calls.models import Envelope
from explor.journey.missions.models import Mission, MissionQuerySet
from explor.journey.missions.selectors import ended_before
from explor.journey.releases.models import Agreement
from explor.journey.releases.selectors import documents_of

from .models import AMOUNTS, BudgetLine, PaperKind

ZERO = Decimal(0)


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

    The amounts are `planned`, `committed` and `paid`. With `network`, only return this network;
    with `funder`, only count the amounts of this funder and the missions that it pays for.
    """
    networks = Network.objects.filter(in_explor=True)
    if network is not None:
        networks = networks.filter(pk=network)
    counted = Q(missions__budget__funder=funder) if funder is not None else Q()
    # Each line is joined once, so that the sums are right; each mission, once a line.
    rows: Iterable[Any] = networks.order_by(french_key("name")).values(
        "name",
        count=Count("missions", distinct=True, filter=counted),
        **{
            each: Coalesce(Sum(f"missions__budget__{each}", filter=counted), ZERO)
            for each in AMOUNTS
        },
    )
    return [{"missions": row.pop("count"), **row} for row in rows]


def consumed(network: int) -> list[dict[str, Any]]:
    """Return a dict for each envelope of the calls of a network, with what is planned and paid.

    Keys: `number`, the names `call` and `funder`, and, in euros, `amount` (granted by the funder),
    `planned`, `paid` and `left` (not planned yet).
    """
    taken: dict[Any, Any] = {
        (row["call"], row["funder"]): row
        for row in BudgetLine.objects.filter(mission__network=network)
        .order_by()
        .values("funder", call=F("mission__need__call"))
        .annotate(planned=Sum("planned"), paid=Sum("paid"))
    }
    blank = dict.fromkeys(AMOUNTS, ZERO)
    envelopes = Envelope.objects.filter(call__network=network).select_related("call", "funder")
    rows = []
    for each in envelopes.order_by("-call__opens_at", "call", french_key("funder__name"), "pk"):
        sums = taken.get((each.call_id, each.funder_id), blank)
        rows.append(
            {
                "number": each.file_number,
                "call": each.call.title,
                "funder": each.funder.name,
                "amount": each.amount,
                "planned": sums["planned"],
                "paid": sums["paid"],
                "left": each.amount - sums["planned"],
            }
        )
    return rows


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
