"""Keeping the money of a mission. Reimbursements are made outside; their reference is kept."""

from typing import Any

from django.db import transaction

from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.workflow.constraints import integrity_errors_as
from explor.journey.missions.models import Mission

from .models import AMOUNTS, BudgetLine
from .rules import missing_to_drop


@transaction.atomic
def plan(mission: Mission, *, by: Actor, **fields: Any) -> BudgetLine:
    """A heading enters the budget of a mission."""
    with integrity_errors_as(BudgetLine):
        line = BudgetLine.objects.create(mission=mission, **fields)
    audit.log(line, "plan", by=by, details={"heading": line.heading})
    return line


def book(
    line: BudgetLine, *, by: Actor, changes: dict[str, Any], expected_version: int | None = None
) -> BudgetLine:
    """What is planned, committed or paid on a heading changes; the journal keeps the amounts."""
    amounts = {name: str(changes[name]) for name in AMOUNTS if name in changes}
    with integrity_errors_as(BudgetLine):
        return audit.update(
            line, "book", by=by, expected_version=expected_version, changes=changes, details=amounts
        )


@transaction.atomic
def drop(line: BudgetLine, *, by: Actor, expected_version: int | None = None) -> None:
    """A heading leaves the budget, unless money was already paid on it."""
    audit.update(
        line,
        "drop",
        by=by,
        expected_version=expected_version,
        check=missing_to_drop,
        details={"heading": line.heading},
    )
    line.delete()
