"""Database queries on the lending rules."""

from collections.abc import Iterable, Iterator
from typing import Any

from explor.actors.organisations.models import Organisation
from explor.ground.accounts.models import Person
from explor.ground.rights.selectors import records

from .models import Approver, LendingRules


def rules_of(employer: Organisation) -> LendingRules:
    """Return the lending rules of an employer with related rows, or unsaved blank rules if none."""
    known = LendingRules.objects.with_related().filter(employer=employer).first()
    return known or LendingRules(employer=employer)


def rules_by_employer(employers: Iterable[int]) -> dict[int, LendingRules]:
    """Return {primary key of the employer: lending rules} for the employers that have rules."""
    rows = LendingRules.objects.filter(employer__in=list(employers)).prefetch_related("periods")
    return {row.employer_id: row for row in rows}


def approvers_of(employer: int | None) -> list[Approver]:
    """Return the approvers of the services of an employer, by service and rank; [] for None."""
    return list(Approver.objects.filter(rules__employer=employer)) if employer else []


def own_approvals(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the services in which a person is an approver, for the copy of their personal data."""
    own = Approver.objects.filter(email__iexact=person.email)
    yield from records(own, also={"employeur": "rules__employer"})
