"""The leave schemes read for a release, through the bridge that all capabilities share."""

from datetime import date

from explor.journey.leave_readings.engine import LeaveReading, mission_dates, read_leave

from .models import Release


def verdicts(release: Release, on: date) -> list[LeaveReading]:
    """Read every leave scheme for the person, the employer and the dates of `release`."""
    proposal = release.proposal
    need = proposal.need
    dates = mission_dates(need, proposal.start, proposal.end)
    return read_leave(proposal.expert, release.employer, need.association, dates, on=on)
