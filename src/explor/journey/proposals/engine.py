"""The leave schemes read for a proposal, through the bridge that all capabilities share."""

from django.utils import timezone

from explor.journey.leave_readings.engine import LeaveReading, mission_dates, read_leave

from .models import Introduction


def leave_of(introduction: Introduction) -> list[LeaveReading]:
    """Read the leave schemes today; return nothing when there is no employer to ask."""
    if introduction.employer is None:
        return []
    need = introduction.need
    return read_leave(
        introduction.expert,
        introduction.employer,
        need.association,
        mission_dates(need, introduction.start, introduction.end),
        on=timezone.localdate(),
    )
