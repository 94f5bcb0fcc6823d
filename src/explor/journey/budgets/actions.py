"""Keeping the money of a mission. Reimbursements are made outside; their reference is kept."""

from typing import Any

from django.db import transaction

from explor.ground.common.actor import Actor
from explor.ground.common.constraints import refusing
from explor.ground.journal.actions import amend, record
from explor.journey.missions.models import Mission

from .models import AMOUNTS, BudgetLine
from .rules import missing_to_drop


@transaction.atomic
def plan(mission: Mission, *, by: Actor, **fields: Any) -> BudgetLine:
    """A heading enters the budget of a mission."""
    with refusing(BudgetLine):
        line = BudgetLine.objects.create(mission=mission, **fields)
    record(line, "plan", by=by, details={"heading": line.heading})
    return line


def book(
    line: BudgetLine, *, by: Actor, changes: dict[str, Any], seen: int | None = None
) -> BudgetLine:
    """What is planned, committed or paid on a heading changes; the journal keeps the amounts."""
    amounts = {name: str(changes[name]) for name in AMOUNTS if name in changes}
    with refusing(BudgetLine):
        return amend(line, "book", by=by, seen=seen, changes=changes, details=amounts)


@transaction.atomic
def drop(line: BudgetLine, *, by: Actor, seen: int | None = None) -> None:
    """A heading leaves the budget, unless money was already paid on it."""
    amend(line, "drop", by=by, seen=seen, check=missing_to_drop, details={"heading": line.heading})
    line.delete()
