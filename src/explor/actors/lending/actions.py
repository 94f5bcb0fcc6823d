"""Actions on an employer's lending rules; those of the employer increment their version."""

from datetime import date
from typing import Any

from django.db import transaction

from explor.actors.organisations.models import Organisation
from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.workflow.constraints import integrity_errors_as

from .models import Approver, ClosedPeriod, LendingRules


def _saved(rules: LendingRules) -> LendingRules:
    """Return the rules saved in the database, after creating the row if the employer has none."""
    return LendingRules.objects.get_or_create(employer_id=rules.employer_id)[0]


@transaction.atomic
def set_lending_rules(
    rules: LendingRules, *, by: Actor, expected_version: int | None = None, **changes: Any
) -> LendingRules:
    """Change the rules of an employer: days a year, notice, gift and value of a day.

    Raises:
        ActionNotAllowed: a number is out of its range.
        EditConflict: the rules changed since `expected_version`.
    """
    with integrity_errors_as(LendingRules):
        return audit.update(
            _saved(rules),
            "set_lending_rules",
            by=by,
            expected_version=expected_version,
            changes=changes,
        )


def drop_second_rules(kept: Organisation, other: Organisation) -> bool:
    """Delete the rules of `other`, which is being merged into `kept`, when both have rules.

    Returns:
        Whether rules were deleted.
    """
    if not LendingRules.objects.filter(employer=kept).exists():
        return False
    return bool(LendingRules.objects.filter(employer=other).delete()[0])


@transaction.atomic
def add_closed_period(
    rules: LendingRules, *, by: Actor, start: date, end: date, words: str = ""
) -> ClosedPeriod:
    """Add a period, both days included, in which the employer releases nobody.

    Raises:
        ActionNotAllowed: the period ends before it begins, or overlaps another.
    """
    row = audit.update(_saved(rules), "add_closed_period", by=by)
    with integrity_errors_as(ClosedPeriod):
        return ClosedPeriod.objects.create(rules=row, start=start, end=end, words=words)


@transaction.atomic
def remove_closed_period(period: ClosedPeriod, *, by: Actor) -> LendingRules:
    """Delete a closed period; the employer may release people on these days again."""
    row = audit.update(period.rules, "remove_closed_period", by=by, details={"period": str(period)})
    period.delete()
    return row


@transaction.atomic
def add_approver(
    rules: LendingRules, *, by: Actor, service: str, name: str, email: str = "", rank: int = 1
) -> Approver:
    """Add a person who must approve for a service before a release is granted.

    A service that already has an approver keeps its spelling, whatever the case of `service`.

    Raises:
        ActionNotAllowed: another approver of this service has the same rank.
    """
    row = audit.update(_saved(rules), "add_approver", by=by)
    known = {each.service.casefold(): each.service for each in row.approvers.all()}
    named = known.get(service.strip().casefold(), service.strip())
    with integrity_errors_as(Approver):
        return Approver.objects.create(rules=row, service=named, name=name, email=email, rank=rank)


@transaction.atomic
def remove_approver(approver: Approver, *, by: Actor) -> LendingRules:
    """Delete an approver of a service; approvals already recorded stay."""
    row = audit.update(approver.rules, "remove_approver", by=by)
    approver.delete()
    return row


def follow_address(former: str, new: str) -> None:
    """Give the new address of a person to the services whose approval they give."""
    Approver.objects.filter(email__iexact=former).update(email=new)
