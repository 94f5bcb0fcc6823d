"""Actions on the budget lines of missions, and erasure of the old papers of a mission.

Payments are made elsewhere; only a reference is saved.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from explor.ground.accounts.actions.erasing import erase_name
from explor.ground.audit import actions as audit
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.workflow.bulk import insert_many
from explor.ground.workflow.constraints import integrity_errors_as
from explor.journey.missions.models import Mission
from explor.journey.missions.selectors import is_named
from explor.journey.releases.actions import erase_agreements

from .models import AMOUNTS, BudgetLine, PaperKind
from .rules import blockers_of_erasure, missing_to_drop


@transaction.atomic
def plan(mission: Mission, *, by: Actor, **fields: Any) -> BudgetLine:
    """Add a line to the budget of a mission, with the values of its `fields`.

    Raises:
        ActionNotAllowed: an amount is negative, or a currency other than the euro has no rate.
    """
    with integrity_errors_as(BudgetLine):
        line = BudgetLine.objects.create(mission=mission, **fields)
    audit.log(line, "plan", by=by, details={"heading": line.heading})
    return line


@transaction.atomic
def take_over(
    rows: Sequence[dict[str, Any]], *, by: Actor, details: Sequence[dict[str, Any]]
) -> list[BudgetLine]:
    """Add to the budgets of missions the lines that their network kept before Explor, all or none.

    Args:
        rows: values of the fields of each line, with its mission.
        details: for each of `rows`, in the same order, what the journal says of its origin.

    Raises:
        ActionNotAllowed: an amount is negative, or another currency than the euro has no rate.
    """
    with integrity_errors_as(BudgetLine):
        lines = insert_many(BudgetLine(**fields) for fields in rows)
    audit.log_created(lines, "take_over", by=by, details=details)
    return lines


def book(
    line: BudgetLine, *, by: Actor, changes: dict[str, Any], expected_version: int | None = None
) -> BudgetLine:
    """Change the amounts or details of a budget line; the journal records the amounts.

    Args:
        changes: the new values, by field name.

    Raises:
        ActionNotAllowed: an amount is negative, or a currency other than the euro has no rate.
        EditConflict: the line changed since `expected_version`.
    """
    amounts = {name: str(changes[name]) for name in AMOUNTS if name in changes}
    with integrity_errors_as(BudgetLine):
        return audit.update(
            line, "book", by=by, expected_version=expected_version, changes=changes, details=amounts
        )


@transaction.atomic
def drop(line: BudgetLine, *, by: Actor, expected_version: int | None = None) -> None:
    """Delete a budget line on which nothing was paid.

    Raises:
        ActionNotAllowed: an amount was already paid on it.
        EditConflict: the line changed since `expected_version`.
    """
    audit.update(
        line,
        "drop",
        by=by,
        expected_version=expected_version,
        check=missing_to_drop,
        details={"heading": line.heading},
    )
    line.delete()


@transaction.atomic
def erase_accounts(mission: Mission, now: datetime) -> None:
    """Erase an old mission's agreements and budget, and its expert's name if unused elsewhere.

    The age of the mission is not checked, and `now` is unused.

    Raises:
        ActionNotAllowed: the papers are public archives, see `rules.blockers_of_erasure`.
    """
    if reasons := blockers_of_erasure(mission):
        raise ActionNotAllowed(*reasons)
    erase_papers(mission, kinds=PaperKind.values)


@transaction.atomic
def erase_papers(
    mission: Mission, *, kinds: Collection[str], details: dict[str, Any] | None = None
) -> None:
    """Erase the given kinds of papers of an old mission.

    The name of its expert is erased too, unless another agreement still names them. The caller must
    have locked the mission and checked that the papers may be erased.
    """
    audit.log(mission, "erase_accounts", by=SYSTEM, details=details)
    if PaperKind.BUDGET in kinds:
        BudgetLine.objects.filter(mission=mission).delete()
    if PaperKind.AGREEMENTS in kinds:
        erase_agreements(mission.release)
    if not is_named(mission.expert):
        erase_name(mission.expert.person)
