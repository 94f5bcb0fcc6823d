"""Bridges to the engines: shortlist line, leave verdicts, objections of the employer's rules."""

from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from explor.actors.experts.models import Expert
from explor.journey.leave_readings.engine import LeaveReading, mission_dates, read_leave
from explor.journey.leave_readings.selectors import Subjects, house_objections
from explor.journey.needs.models import Need
from explor.journey.shortlists.engine import Line, line_of

from .models import Proposal


@dataclass(frozen=True, kw_only=True)
class Match:
    """A need and an expert; the property `line` is the expert's shortlist line, computed once."""

    need: Need
    expert: Expert

    @cached_property
    def line(self) -> Line:
        """Return the expert's shortlist line; raise `ActionNotAllowed` if the profile is closed."""
        return line_of(self.need, self.expert)

    @property
    def needs_override(self) -> bool:
        """Return whether the officer must justify the proposal: expert ineligible or not first."""
        return not (self.line.candidate.eligible and self.line.first)


def subjects(proposal: Proposal) -> Subjects:
    """Return the primary keys of the rows that answers to the leave questions may be about."""
    return Subjects(
        expert=proposal.expert_id,
        employer=proposal.employer_id,
        association=proposal.need.association_id,
        need=proposal.need_id,
    )


def leave_of(proposal: Proposal) -> list[LeaveReading]:
    """Return today's leave verdicts for the expert; [] when the employer is not registered."""
    if proposal.employer is None and not proposal.expert.without_employer:
        return []
    need = proposal.need
    return read_leave(
        proposal.expert,
        proposal.employer,
        need,
        mission_dates(need, proposal.start, proposal.end),
        on=timezone.localdate(),
    )


def house_objections_of(proposal: Proposal) -> list[str]:
    """Return the objections of the employer's lending rules to a proposal.

    The notice is counted from the day on which the proposal was made.
    """
    received = timezone.localdate(proposal.created_at)
    return house_objections(
        proposal.expert, proposal.need_id, proposal.start, proposal.end, received
    )
