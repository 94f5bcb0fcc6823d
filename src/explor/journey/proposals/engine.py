"""The leave schemes read for a proposal, through the bridge that all capabilities share."""

from django.utils import timezone

from explor.journey.leave_readings.engine import LeaveReading, mission_dates, read_leave

from .models import Proposal


def leave_of(proposal: Proposal) -> list[LeaveReading]:
    """Read the leave schemes today; return nothing when there is no employer to ask."""
    if proposal.employer is None:
        return []
    need = proposal.need
    return read_leave(
        proposal.expert,
        proposal.employer,
        need.association,
        mission_dates(need, proposal.start, proposal.end),
        on=timezone.localdate(),
    )
