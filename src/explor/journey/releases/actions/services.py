"""The approval of the services of the employer, recorded before the release is granted."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from explor.actors.lending.models import Approver
from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.journey.proposals.rules import own_seat

from .. import rules
from ..models import Release, ServiceApproval


@transaction.atomic
def note_service_approval(
    release: Release,
    *,
    by: Actor,
    approver: Approver,
    on: date,
    expected_version: int | None = None,
) -> Release:
    """Record the day on which somebody approved the release for a service of the employer.

    Raises:
        ActionNotAllowed: this approval is not awaited, another one comes first, the day is in the
            future, or the officer is the expert.
        EditConflict: the release changed since `expected_version`.
    """
    today = timezone.localdate()
    row = audit.update(
        release,
        "note_service_approval",
        by=by,
        expected_version=expected_version,
        check=lambda each: (
            own_seat(by, each.proposal.expert)
            + rules.missing_to_note_service(each, approver, on, today)
        ),
        details={"service": approver.service},
    )
    ServiceApproval.objects.create(
        release=row, service=approver.service, name=approver.name, on=on, by=str(by)
    )
    return row
