"""The employer's consent to a mission that began before Explor: nobody was asked here."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.journey.proposals.models import Proposal

from ..models import Release
from ..states import State
from .signatories import make_chain


@transaction.atomic
def take_over(
    proposal: Proposal, *, by: Actor, scheme: str, signed: bool, details: dict[str, Any]
) -> Release:
    """Create the release of a mission that began before Explor; nobody is asked anything.

    No deadline runs: `answer_by` is the day of the act, and no page shows it.

    Args:
        scheme: the code of the leave scheme, "" when the file does not say it.
        signed: the agreement was signed before, on a paper that Explor does not hold. Without its
            scheme, it is to be completed as if it was not.
        details: the line of the file, for the journal.
    """
    release = Release.objects.create(
        proposal=proposal,
        employer=proposal.employer,
        scheme=scheme,
        state=State.AGREED if signed and scheme else State.TAKEN_OVER,
        answer_by=timezone.localdate(),
    )
    make_chain(release)
    audit.log(release, "take_over", by=by, target=release.state, details=details)
    return release
