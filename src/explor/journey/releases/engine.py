"""The leave schemes evaluated for a release, through the shared bridge to the leave engine."""

from datetime import date

from explor.journey.leave_readings.engine import LeaveReading, mission_dates, read_leave

from .models import Release


def verdicts(release: Release, on: date) -> list[LeaveReading]:
    """Evaluate every leave scheme for the expert, the employer and the dates of `release`."""
    proposal = release.proposal
    need = proposal.need
    dates = mission_dates(need, proposal.start, proposal.end)
    return read_leave(proposal.expert, release.employer, need.association, dates, on=on)
