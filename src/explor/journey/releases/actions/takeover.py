"""Action that creates the releases of imported missions, which began before Explor."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.workflow.bulk import insert_many
from explor.journey.proposals.models import Proposal

from ..models import Release
from ..states import State
from .signatories import make_chains


@dataclass(frozen=True, kw_only=True)
class ReleaseBefore:
    """The employer's consent to a mission that began before Explor.

    Attributes:
        scheme: the code of the leave scheme, "" when the imported file does not give it.
        signed: whether the agreement was signed before, on a paper that Explor does not hold.
        details: the row of the imported file, for the journal.
    """

    proposal: Proposal
    scheme: str
    signed: bool
    details: dict[str, Any]


@transaction.atomic
def take_over(releases: Sequence[ReleaseBefore], *, by: Actor) -> list[Release]:
    """Create the releases of missions that began before Explor, without any email.

    A release signed before, whose scheme is known, is concluded (AGREED); any other is to complete
    (TAKEN_OVER). No deadline runs: `answer_by` is the day of the import, and no page shows it.
    """
    today = timezone.localdate()
    rows = [
        Release(
            proposal=each.proposal,
            employer=each.proposal.employer,
            scheme=each.scheme,
            state=State.AGREED if each.signed and each.scheme else State.TAKEN_OVER,
            answer_by=today,
        )
        for each in releases
    ]
    insert_many(rows)
    make_chains(rows)
    audit.log_created(rows, "take_over", by=by, details=[each.details for each in releases])
    return rows
