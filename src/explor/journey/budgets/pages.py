"""Panels and texts on budgets: of missions, of networks, and of the envelopes of calls."""

from decimal import Decimal

from django.urls import reverse

from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.reference.selectors import label
from explor.ground.ui.amounts import euros
from explor.ground.ui.parts import Panel
from explor.ground.workflow.pages import Consequence, Effects, Undo
from explor.journey.calls.models import Envelope
from explor.journey.missions.models import Mission

from .models import BudgetLine
from .selectors import by_network, consumed, lines_of, planned_from, totals_of

COLUMNS = ["Poste", "Financeur", "Prévu", "Engagé", "Payé"]


def for_mission(request: Request, mission: Mission) -> Panel:
    """Return the panel of a mission's budget: editable for the network, else read-only."""
    actor = request.actor
    lines = lines_of(mission)
    add = ""
    if actor.role == "reseau":
        add = reverse("budgets:reseau_plan", args=[actor.key, mission.pk])
        for line in lines:
            line["url"] = reverse("budgets:reseau_book", args=[actor.key, line["pk"]])
    context = {"lines": lines, "totals": totals_of(lines), "add": add, "columns": COLUMNS}
    return Panel(title="Budget", template="budgets/_panel.html", context=context)


def consolidated(request: Request) -> Panel:
    """Return the panel of the missions and total amounts of each network.

    A network only sees its own totals, and a funder only the amounts and missions that it pays for.
    """
    actor = request.actor
    rows = by_network(
        network=actor.scope if actor.role == "reseau" else None,
        funder=actor.scope if actor.role == "financeur" else None,
    )
    context = {
        "rows": rows,
        "totals": totals_of(rows),
        "missions": sum(row["missions"] for row in rows),
        "columns": ["Réseau", "Missions", "Prévu", "Engagé", "Payé"],
    }
    return Panel(title="Missions et budget", template="budgets/_consolidated.html", context=context)


def envelopes(request: Request) -> Panel | None:
    """Return the panel of what each funder grants to the calls of a network, None if none does."""
    rows = consumed(request.actor.scope or 0)
    columns = ["Appel", "Financeur", "Enveloppe", "Prévu", "Payé", "Reste à prévoir"]
    context = {"rows": rows, "columns": columns}
    template = "budgets/_envelopes.html"
    return Panel(title="Enveloppes", template=template, context=context) if rows else None


def uses_of_envelope(envelope: Envelope) -> list[str]:
    """Return what missions plan from an envelope, as a sentence; [] if nothing."""
    planned = planned_from(envelope)
    return [f"Des missions prévoient {euros(planned, short=True)} de ce financeur."] * bool(planned)


def blockers_of_cut(envelope: Envelope, amount: Decimal) -> list[str]:
    """Return why an envelope cannot go down to `amount`, in euros; empty when it can."""
    planned = planned_from(envelope)
    if planned <= amount:
        return []
    return [
        f"Des missions prévoient {euros(planned, short=True)} de ce financeur, plus que cette "
        "enveloppe : changez d’abord leur budget."
    ]


def title_of_drop(actor: Actor, line: BudgetLine) -> str:
    """Return the title of the confirmation page that deletes a budget line."""
    return f"Retirer « {label('budget_headings', line.heading)} » du budget"


DROP = Effects(
    happens=(Consequence("Le poste quitte le budget ; les totaux changent aussitôt."),),
    undo=(Undo("Ensuite", "Il faut saisir le poste de nouveau."),),
)
