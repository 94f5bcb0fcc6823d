"""The only bridge to the leave engine: takes database rows, returns readings of leave schemes.

A leave scheme is a form of leave in French law; a reading tells whether it is open, on a day.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from explor.actors.experts.models import Employment, Expert
from explor.actors.organisations.models import Organisation
from explor.engines import leave as law
from explor.engines.leave import Scheme as LeaveScheme
from explor.engines.leave import SchemeVerdict as LeaveReading
from explor.journey.needs.models import Need

__all__ = [
    "LeaveReading",
    "LeaveScheme",
    "MissionDates",
    "as_kept",
    "ending_schemes",
    "latest_dates",
    "mission_dates",
    "read_leave",
    "read_leave_of_all",
]

STATUSES: dict[str, law.Status] = {
    Employment.EMPLOYEE: "employee",
    Employment.TENURED: "tenured",
    Employment.TRAINEE: "probationary",
    Employment.CONTRACT: "contract",
}
PUBLIC_BODIES: dict[str, law.PublicBody] = {
    "REGION": "region",
    "DEPT": "department",
    "EPCI": "epci",
    "COMMUNE": "commune",
    "ETAT": "state",
    "SUP": "state_establishment",
    "HOPITAL": "hospital",
}
FRANCE = law.french_countries()
LEAVE_SCHEMES = law.SCHEMES


@dataclass(frozen=True, kw_only=True)
class MissionDates:
    """First and last day on the spot, both included, and whether it is outside France.

    The overseas territories are France: a mission there is not abroad.
    """

    start: date
    end: date
    abroad: bool


def ending_schemes(on: date) -> tuple[LeaveScheme, ...]:
    """Return the leave schemes whose legal end is near on a day."""
    return law.ending_schemes(on)


def mission_dates(need: Need, start: date, end: date) -> MissionDates:
    """Return the dates of a mission that serves `need`."""
    return MissionDates(start=start, end=end, abroad=need.country not in FRANCE)


def latest_dates(need: Need) -> MissionDates | None:
    """Return the latest possible dates in the window of `need`; None when it has no window.

    A scheme whose filing deadline has passed for these dates is too late for the whole window.
    """
    if need.window_start is None or need.window_end is None or need.days is None:
        return None
    length = timedelta(days=need.days - 1)
    start = max(need.window_start, need.window_end - length)
    return mission_dates(need, start, start + length)


def read_leave(
    person: Expert,
    employer: Organisation | None,
    association: Organisation,
    dates: MissionDates,
    *,
    on: date,
) -> list[LeaveReading]:
    """Evaluate every leave scheme for one person.

    Args:
        person: the expert who would go on the mission.
        employer: the expert's employer; None when it is not registered.
        association: the association that the mission serves.
        dates: the days of the mission.
        on: the day of the evaluation, from which notice periods are counted.

    Returns:
        One reading per scheme: open, closed or to verify, its filing deadline, and the reasons.
    """
    return law.schemes_for(
        _person(person), _employer(employer), _association(association), _mission(dates), on
    )


def read_leave_of_all(
    people: Iterable[Expert],
    employers: Mapping[int, Organisation],
    association: Organisation,
    dates: MissionDates,
    *,
    on: date,
) -> Iterator[tuple[int, list[LeaveReading]]]:
    """Evaluate every leave scheme for many people, as `read_leave` does for one.

    People without an employer are left out, as no employer has to grant them leave.

    Args:
        people: rows of experts, with their employment and their employer's primary key.
        employers: the employers of these people, by primary key.
        association: the association that the mission serves.
        dates: the days of the mission.
        on: the day of the evaluation.

    Returns:
        Pairs (primary key of the expert, readings), in the order of `people`.
    """
    served, mission = _association(association), _mission(dates)
    read = {pk: _employer(employer) for pk, employer in employers.items()}
    for person in people:
        if person.employer_id:
            employer = read[person.employer_id]
            yield person.pk, law.schemes_for(_person(person), employer, served, mission, on)


def as_kept(readings: Iterable[LeaveReading]) -> list[dict[str, Any]]:
    """Return readings as JSON values, to save with a row."""
    return [
        {
            "code": each.code,
            "label": each.label,
            "verdict": each.verdict,
            "article": each.article,
            "file_by": each.file_by.isoformat() if each.file_by else "",
            "why": list(each.why) if not isinstance(each.why, str) else [each.why],
        }
        for each in readings
    ]


def _person(person: Expert) -> law.Person:
    return law.Person(status=STATUSES.get(person.employment), employed_since=person.employed_since)


def _mission(dates: MissionDates) -> law.Mission:
    return law.Mission(start=dates.start, end=dates.end, abroad=dates.abroad)


def _association(association: Organisation) -> law.Association:
    return law.Association(
        on_1996_list=association.on_1996_list, general_interest=association.general_interest
    )


def _employer(employer: Organisation | None) -> law.Employer:
    if employer is None:
        return law.Employer()
    public = employer.is_public
    return law.Employer(
        kind="public" if public else "private",
        body=PUBLIC_BODIES.get(employer.structure_type, "other") if public else None,
        headcount=employer.headcount,
        inhabitants=employer.inhabitants,
        department=employer.department or None,
        accepted=frozenset(employer.schemes) or None,
    )
