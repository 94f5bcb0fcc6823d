"""Reads of the money: a mission, a call, the networks side by side."""

from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Sum
from django.urls import reverse

from explor.actors.networks.models import Network
from explor.ground.common.parts import Panel
from explor.ground.common.request import Request
from explor.ground.reference.queries import label
from explor.journey.calls.models import Envelope
from explor.journey.missions.models import Mission

from .models import AMOUNTS, BudgetLine

ZERO = Decimal(0)


def lines_of(mission: Mission) -> list[dict[str, Any]]:
    """The lines of a budget with their labels, then their totals."""
    found = BudgetLine.objects.filter(mission=mission.pk).select_related("funder")
    return [
        {
            "pk": line.pk,
            "label": label("budget_headings", line.heading),
            "funder": line.funder.name if line.funder else "",
            **{name: getattr(line, name) for name in AMOUNTS},
        }
        for line in found.order_by("heading", "pk")
    ]


def totals_of(lines: list[dict[str, Any]]) -> dict[str, Decimal]:
    """Planned, committed and paid over some lines."""
    return {name: sum((line[name] for line in lines), ZERO) for name in AMOUNTS}


def by_network(network: int | None = None, funder: int | None = None) -> list[dict[str, Any]]:
    """Missions and money of each network: the sum of the missions is the network's.

    For a funder, its own money alone and the missions it pays for.
    """
    found = Network.objects.filter(in_explor=True)
    if network is not None:
        found = found.filter(pk=network)
    lines = BudgetLine.objects.all()
    if funder is not None:
        lines = lines.filter(funder=funder)
    sums: dict[Any, Any] = {
        row["network"]: row
        for row in lines.order_by()
        .values(network=F("mission__network"))
        .annotate(planned=Sum("planned"), committed=Sum("committed"), paid=Sum("paid"))
    }
    counted = Mission.objects.all()
    if funder is not None:
        counted = counted.filter(pk__in=lines.values("mission"))
    missions = dict(
        counted.order_by().values("network").annotate(n=Count("pk")).values_list("network", "n")
    )
    blank = dict.fromkeys(AMOUNTS, ZERO)
    return [
        {
            "name": each.name,
            "missions": missions.get(each.pk, 0),
            **{name: sums.get(each.pk, blank)[name] for name in AMOUNTS},
        }
        for each in found.order_by("name")
    ]


def for_mission(request: Request, mission: Mission) -> Panel:
    """The budget of a mission, to keep or to read."""
    actor = request.actor
    lines = lines_of(mission)
    add = ""
    if actor.hat == "reseau":
        add = reverse("budgets:reseau_plan", args=[actor.key, mission.pk])
        for line in lines:
            line["url"] = reverse("budgets:reseau_book", args=[actor.key, line["pk"]])
    context = {"lines": lines, "totals": totals_of(lines), "add": add, "columns": COLUMNS}
    return Panel(title="Budget", template="budgets/_panel.html", context=context)


COLUMNS = ["Poste", "Financeur", "Prévu", "Engagé", "Payé"]


def consolidated(request: Request) -> Panel:
    """The figures of a network, or of all side by side; never a person."""
    actor = request.actor
    rows = by_network(
        network=actor.scope if actor.hat == "reseau" else None,
        funder=actor.scope if actor.hat == "financeur" else None,
    )
    context = {
        "rows": rows,
        "totals": totals_of(rows),
        "missions": sum(row["missions"] for row in rows),
        "columns": ["Réseau", "Missions", "Prévu", "Engagé", "Payé"],
    }
    return Panel(title="Missions et budget", template="budgets/_consolidated.html", context=context)


def consumed(network: int) -> list[dict[str, Any]]:
    """What each funder put on each call of a network, and what its missions took of it."""
    taken: dict[Any, Any] = {
        (row["call"], row["funder"]): row
        for row in BudgetLine.objects.filter(mission__network=network)
        .order_by()
        .values("funder", call=F("mission__need__call"))
        .annotate(planned=Sum("planned"), paid=Sum("paid"))
    }
    blank = dict.fromkeys(AMOUNTS, ZERO)
    found = Envelope.objects.filter(call__network=network).select_related("call", "funder")
    rows = []
    for each in found.order_by("-call__opens_at", "call", "funder__name", "pk"):
        sums = taken.get((each.call_id, each.funder_id), blank)
        rows.append(
            {
                "call": each.call.title,
                "funder": each.funder.name,
                "amount": each.amount,
                "planned": sums["planned"],
                "paid": sums["paid"],
                "left": each.amount - sums["planned"],
            }
        )
    return rows


def envelopes(request: Request) -> Panel | None:
    """The envelopes of a network on its home, once it has some."""
    rows = consumed(request.actor.scope or 0)
    columns = ["Appel", "Financeur", "Enveloppe", "Prévu", "Payé", "Reste à prévoir"]
    context = {"rows": rows, "columns": columns}
    template = "budgets/_envelopes.html"
    return Panel(title="Enveloppes", template=template, context=context) if rows else None
