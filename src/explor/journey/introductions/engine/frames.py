"""Which leave frames an employer can open to a person, on given dates."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone

from explor.actors.experts.models import Employment, Expert
from explor.actors.organisations.models import Organisation
from explor.engines import frames as law
from explor.engines import matching
from explor.engines.frames import FrameVerdict
from explor.journey.needs.models import Need

from ..models import Introduction
from .records import expert_id

STATUSES: dict[str, law.Status] = {
    Employment.EMPLOYEE: "employee",
    Employment.TENURED: "tenured",
    Employment.TRAINEE: "probationary",
    Employment.CONTRACT: "contract",
}


def read_frames(
    expert: Expert,
    employer: Organisation | None,
    association: Organisation,
    *,
    start: date,
    end: date,
    on: date,
) -> list[FrameVerdict]:
    """What each legal frame gives for this person, this employer and these dates."""
    return law.frames_for(
        _person(expert),
        _employer(employer),
        _association(association),
        law.Mission(start=start, end=end),
        on,
    )


def frames_of(introduction: Introduction) -> list[FrameVerdict]:
    """The frames read today for an introduction; nothing to read without an employer."""
    if introduction.employer is None:
        return []
    return read_frames(
        introduction.expert,
        introduction.employer,
        introduction.need.association,
        start=introduction.start,
        end=introduction.end,
        on=timezone.localdate(),
    )


def frames_for_need(
    need: Need, experts: Iterable[Expert], employers: dict[int, Organisation], on: date
) -> dict[str, tuple[matching.Frame, ...]]:
    """By expert id, the frames read for the latest departure of the window of a need.

    What is too late for it is too late for all. Those of the dates chosen are read again when the
    release is asked. Without an employer nobody has to let the person go.
    """
    if need.window_start is None or need.window_end is None or need.days is None:
        return {}
    start = max(need.window_start, need.window_end - timedelta(days=need.days - 1))
    mission = law.Mission(start=start, end=start + timedelta(days=need.days - 1))
    association = _association(need.association)
    read = {pk: _employer(employer) for pk, employer in employers.items()}
    found: dict[str, tuple[matching.Frame, ...]] = {}
    same: dict[tuple[matching.Frame, ...], tuple[matching.Frame, ...]] = {}
    for each in experts:
        if each.employer_id:
            verdicts = law.frames_for(
                _person(each), read[each.employer_id], association, mission, on
            )
            frames = tuple(
                matching.Frame(code=one.code, verdict=one.verdict, file_by=one.file_by)
                for one in verdicts
            )
            found[expert_id(each.pk)] = same.setdefault(frames, frames)  # few differ: kept once
    return found


def _person(expert: Expert) -> law.Person:
    return law.Person(status=STATUSES.get(expert.employment), employed_since=expert.employed_since)


def _association(association: Organisation) -> law.Association:
    return law.Association(
        on_1996_list=association.on_1996_list, general_interest=association.general_interest
    )


def _employer(employer: Organisation | None) -> law.Employer:
    if employer is None:
        return law.Employer()
    return law.Employer(
        kind="public" if employer.is_public else "private",
        headcount=employer.headcount,
        inhabitants=employer.inhabitants,
        accepted=frozenset(employer.frames) or None,
    )
