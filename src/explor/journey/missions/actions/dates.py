"""Postpone a mission, and update everything that depends on its dates."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.workflow.constraints import integrity_errors_as
from explor.journey.proposals import actions as proposals
from explor.journey.proposals.rules import outside_window
from explor.journey.releases import actions as releases

from .. import emails, rules
from ..models import Mission
from .checklist import date_again

NOT_CLEARED = {"cleared_at": None, "override": "", "override_by": ""}


@transaction.atomic
def postpone(
    mission: Mission,
    *,
    by: Actor,
    start: date,
    end: date,
    reason: str,
    window_agreement: str = "",
    expected_version: int | None = None,
) -> Mission:
    """Change the dates of the mission, and put it back in preparation without clearance.

    The proposal and the checklist get the new dates; a granted release is amended, one that awaits
    an answer is requested again. The parties are notified. Raises EditConflict: the mission changed
    since `expected_version`.

    Args:
        window_agreement: how the association and the person accepted dates outside the window of
            the need; it is not saved for dates inside it.
    """
    agreed = window_agreement.strip() if outside_window(mission.need, start, end) else ""

    def check(row: Mission) -> list[str]:
        return rules.missing_to_move(row, start, end, timezone.localdate(), agreed)

    proposals.lock_needs([mission.need_id])  # lock, so that nobody withdraws in the meantime
    with integrity_errors_as(Mission):
        audit.transition(
            mission,
            "postpone",
            by=by,
            expected_version=expected_version,
            reason=reason,
            check=check,
            changes={"start": start, "end": end, "window_agreement": agreed, **NOT_CLEARED},
            details={"start": str(start), "end": str(end), "window_agreement": agreed},
        )
    _follow(mission, by=by, reason=reason)
    emails.postponed(mission, reason)
    return mission


def _follow(mission: Mission, *, by: Actor, reason: str) -> None:
    """Update what depends on the dates of a mission: proposal, agreement, checklist, rechecks.

    The rechecks are deleted, so that they run again for the new departure.
    """
    start, end = mission.start, mission.end
    proposals.move(mission.release.proposal, by=by, start=start, end=end)
    releases.follow_dates(mission.release, by=by, reason=f"La mission est reportée. {reason}")
    date_again(mission, timezone.localdate())
    mission.rechecks.all().delete()
