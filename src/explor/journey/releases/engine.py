"""The leave schemes evaluated for a release, through the shared bridge to the leave engine."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from explor.journey.leave_readings.engine import (
    LeaveReading,
    mission_dates,
    public_body_of,
    read_leave,
)
from explor.journey.leave_readings.selectors import Answers, Subjects, answers_of

from .fields import CAPACITIES, LOCAL_CHAINS
from .models import Release

__all__ = [
    "Answers",
    "LeaveReading",
    "answers_of_all",
    "capacities_of",
    "reading_of",
    "subjects",
    "verdicts",
]


def verdicts(
    release: Release,
    on: date,
    *,
    start: date | None = None,
    end: date | None = None,
    urgent_at: datetime | None = None,
    answers: Answers | None = None,
) -> list[LeaveReading]:
    """Evaluate every leave scheme for the expert, the employer and the dates of `release`.

    Notice is counted from the day on which the employer received the request; without a request,
    from the day of the employer's approval, then from `on`.

    Args:
        on: the day of the evaluation.
        start: the first day to evaluate instead of that of the release, for example to move a
            mission.
        end: the last day to evaluate instead of that of the release.
        urgent_at: the moment of an urgent request that is not recorded yet.
        answers: what `answers_of_all` returned for this release among others; None to query.
    """
    proposal = release.proposal
    need = proposal.need
    granted = timezone.localdate(release.decided_at) if release.decided_at else None
    received = release.requested_on or granted
    urgent = urgent_at or release.urgent_at
    first, last = start or proposal.start, end or proposal.end
    dates = mission_dates(need, first, last, received, urgent)
    return read_leave(proposal.expert, release.employer, need, dates, on=on, answers=answers)


def reading_of(
    release: Release, scheme: str, on: date, answers: Answers | None = None
) -> LeaveReading:
    """Return the verdict on one leave scheme for `release`, on the day `on`.

    Raises:
        KeyError: no scheme has this code.
    """
    return {each.code: each for each in verdicts(release, on, answers=answers)}[scheme]


def answers_of_all(releases: Iterable[Release], on: date) -> Answers:
    """Return the answers about many releases, in one query, to evaluate each of them."""
    return answers_of(*map(subjects, releases), on=on)


def capacities_of(release: Release, party: str) -> tuple[str, ...]:
    """Return the capacities in which a party signs, in order: two for a local authority."""
    if party == "employeur" and release.employer:
        chain = LOCAL_CHAINS.get(public_body_of(release.employer))
        return chain or CAPACITIES[party]
    return CAPACITIES[party]


def subjects(release: Release) -> Subjects:
    """Return the primary keys of the rows that the answers about `release` may concern."""
    need = release.proposal.need
    return Subjects(
        expert=release.proposal.expert_id,
        employer=release.employer_id,
        association=need.association_id,
        need=need.pk,
    )
