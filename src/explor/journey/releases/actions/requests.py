"""The request to the employer, and its answer."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.http.actor import SYSTEM, Actor
from explor.journey.leave_readings.models import KeptReading
from explor.journey.proposals.actions import lock_needs, lose
from explor.journey.proposals.models import Proposal

from .. import emails, engine, rules
from ..models import Release
from .agreements import draw_paper, keep_paper, set_aside
from .answers import keep_reading

# Time that an employer has to answer: the legal 15 days of « congé de solidarité internationale ».
ANSWER = timedelta(days=15)


@transaction.atomic
def open_release(proposal: Proposal) -> Release:
    """Return the release of an agreed proposal, created and requested from the employer if new.

    An expert without a registered employer takes personal leave: only the agreement is needed.
    """
    if known := Release.objects.filter(proposal=proposal).first():
        return known
    release = Release(
        proposal=proposal,
        employer=proposal.employer,
        answer_by=timezone.localdate() + ANSWER,
    )
    release.save()
    audit.log(release, "open_release", by=SYSTEM)
    keep_reading(release, KeptReading.Act.REQUEST)
    emails.requested(release)
    return release


@transaction.atomic
def approve(
    release: Release, *, by: Actor, scheme: str, expected_version: int | None = None
) -> Release:
    """Grant the release under a leave scheme open or to check today, and draw the agreement.

    When the scheme is to check, nobody signs before the network confirms it by name. After
    another request, the agreement is an amendment of the former one.
    """
    drawn = draw_paper(release, scheme)  # before the row is locked, as rendering is slow
    changes = {"scheme": scheme, "decided_at": timezone.now()}

    def check(row: Release) -> list[str]:
        return rules.closed_today(engine.reading_of(row, scheme, timezone.localdate()))

    audit.transition(
        release,
        "approve",
        by=by,
        expected_version=expected_version,
        check=check,
        changes=changes,
    )
    keep_reading(release, KeptReading.Act.APPROVE)
    keep_paper(release, drawn, by=by)
    emails.approved(release)
    return release


@transaction.atomic
def refuse(
    release: Release, *, by: Actor, reason: str, expected_version: int | None = None
) -> Release:
    """Refuse the release, with the reason; the seat of the need is free for a new search."""
    lock_needs([release.proposal.need_id])  # before the journal's lock: no deadlock
    changes = {"refusal": reason, "decided_at": timezone.now()}
    audit.transition(
        release, "refuse", by=by, expected_version=expected_version, reason=reason, changes=changes
    )
    emails.refused(release)
    lose(release.proposal, by=SYSTEM, reason=f"Refus de l’employeur : {reason}")
    return release


@transaction.atomic
def end(
    release: Release, *, by: Actor, reason: str, expected_version: int | None = None
) -> Release:
    """End the release, as the expert will not go; its agreement is no longer valid."""
    audit.transition(release, "end", by=by, expected_version=expected_version, reason=reason)
    set_aside(release, by=by, reason=f"La mission n’aura pas lieu. {reason}")
    return release


def follow_loss(proposal: Proposal) -> None:
    """End the release of a proposal whose expert withdrew or whose seat was freed. Idempotent."""
    release = Release.objects.filter(proposal=proposal).first()
    if release and rules.is_open(release):
        end(release, by=SYSTEM, reason=proposal.get_state_display().capitalize())
