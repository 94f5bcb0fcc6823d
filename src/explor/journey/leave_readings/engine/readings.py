"""Leave schemes evaluated on rows of the database, their papers and sentences, by the law in force.

A leave scheme is a form of leave in French law. A reading is the verdict on one scheme for one
person and one mission, on a given day.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Literal

from django.utils import timezone

from explor.actors.experts.models import Employment, Expert
from explor.actors.organisations.models import Organisation
from explor.engines import leave as law
from explor.engines.leave import Paper as LeavePaper
from explor.engines.leave import Scheme as LeaveScheme
from explor.engines.leave import SchemeVerdict as LeaveReading
from explor.engines.leave import Wording as LeaveWording
from explor.journey.needs.models import Need

from ..selectors import Answers, Subjects, answers_about, answers_of
from .tables import tables

STATUSES: dict[str, law.Status] = {
    Employment.EMPLOYEE: "employee",
    Employment.FIXED_TERM: "fixed_term",
    Employment.APPRENTICE: "apprentice",
    Employment.TENURED: "tenured",
    Employment.TRAINEE: "probationary",
    Employment.CONTRACT: "contract",
    Employment.ON_DISPONIBILITE: "on_disponibilite",
    Employment.SELF_EMPLOYED: "self_employed",
    Employment.RETIRED: "retired",
    Employment.JOB_SEEKER: "job_seeker",
    Employment.UNPAID: "volunteer",
}
# By structure type; any other type of a public employer is "other", which the officer checks.
PUBLIC_BODIES: dict[str, law.PublicBody] = {
    "REGION": "region",
    "DEPT": "department",
    "EPCI": "epci",
    "COMMUNE": "commune",
    "EP": "local_establishment",
    "CCAS": "local_establishment",
    "SYNDICAT": "local_establishment",
    "ETAT": "state",
    "SCOLAIRE": "state",  # the State pays the teachers
    "SUP": "state_establishment",
    "EPE": "state_establishment",
    "HOPITAL": "hospital",
}
INDUSTRIAL = "EPIC"  # the structure type of public bodies whose staff is under the Code du travail
FRANCE = law.french_countries()
# Time until the departure, beyond every notice, and duration used by `read_for_employer`.
FAR, USUAL = timedelta(days=200), timedelta(days=10)


@dataclass(frozen=True, kw_only=True)
class MissionDates:
    """First and last day of a mission, both included, and whether it takes place outside France.

    A mission to an overseas territory of France is not abroad. `requested_on` is the day on which
    the employer received the person's request, None before; `urgent_at` is the moment of an urgent
    request, in the time zone of the application.
    """

    start: date
    end: date
    abroad: bool
    requested_on: date | None = None
    urgent_at: datetime | None = None


def ending_schemes(on: date) -> tuple[LeaveScheme, ...]:
    """Return the leave schemes whose legal end is near on the day `on`."""
    return law.ending_schemes(on, tables())


def leave_schemes() -> tuple[LeaveScheme, ...]:
    """Return the leave schemes from the tables in force."""
    return law.schemes(tables())


def all_papers() -> tuple[LeavePaper, ...]:
    """Return every paper once, with clauses and articles that cover every kind of employer."""
    return law.all_papers(tables())


def mission_dates(
    need: Need,
    start: date,
    end: date,
    requested_on: date | None = None,
    urgent_at: datetime | None = None,
) -> MissionDates:
    """Return the dates of a mission for `need`, with `abroad` computed from its country.

    The day of an urgent request is taken from `urgent_at`.
    """
    local = timezone.localtime(urgent_at) if urgent_at else None
    return MissionDates(
        start=start,
        end=end,
        abroad=need.country not in FRANCE,
        requested_on=local.date() if local else requested_on,
        urgent_at=local,
    )


def subjects_of(person: Expert, need: Need) -> Subjects:
    """Return the primary keys of the rows that answers for a person and a need may be about."""
    return Subjects(
        expert=person.pk,
        employer=person.employer_id,
        association=need.association_id,
        need=need.pk,
    )


def latest_dates(need: Need) -> MissionDates | None:
    """Return the latest mission dates in the window of `need`; None if window or days are blank.

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
    need: Need,
    dates: MissionDates,
    *,
    on: date,
    answers: Answers | None = None,
) -> list[LeaveReading]:
    """Evaluate every leave scheme for one person, using the answers already given.

    Args:
        person: the expert who would go on the mission.
        employer: the expert's employer; None when it is not registered or there is none.
        need: the need that the mission serves, with its association.
        dates: the days of the mission.
        on: the day of the evaluation, from which notice periods are counted.
        answers: the answers that may apply, loaded for many people at once; None to query them.

    Returns:
        One verdict per scheme: open, closed or to check, with its filing deadline and the reasons.
    """
    subjects = Subjects(
        expert=person.pk,
        employer=employer.pk if employer else None,
        association=need.association_id,
        need=need.pk,
    )
    records = (
        _person(person),
        _employer(employer),
        _association(need.association),
        _mission(dates),
    )
    if answers is None:
        answers = answers_of(subjects, on=on)
    return _read(records, answers.values(subjects), on, tables())


def read_leave_of_all(
    people: Iterable[Expert],
    employers: Mapping[int, Organisation],
    need: Need,
    dates: MissionDates,
    *,
    on: date,
    earliest: date | None = None,
) -> Iterator[tuple[int, list[LeaveReading]]]:
    """Evaluate every leave scheme for many people, as `read_leave` does for one.

    People who have an employer that is not registered are left out, since it has no row.

    Args:
        people: rows of experts, with their employment and their employer's primary key.
        employers: the employers of these people, by primary key.
        need: the need that the mission serves, with its association.
        dates: the days of the mission.
        on: the day of the evaluation.
        earliest: the first day on which the mission could begin instead: for a contract that ends
            during these dates, the same number of days is evaluated so as to end with the contract.

    Returns:
        Pairs (primary key of the expert, verdicts), in the order of `people`.
    """
    read_for = [person for person in people if has_reading(person)]
    answers = answers_about(
        experts=[person.pk for person in read_for],
        organisations=[*employers, need.association_id],
        needs=[need.pk],
        on=on,
    )
    served, mission_of = _association(need.association), cache(_mission)
    read = {pk: _employer(employer) for pk, employer in employers.items()}
    nobody, texts = _employer(None), tables()
    for person in read_for:
        employer = read[person.employer_id] if person.employer_id else nobody
        mission = mission_of(_within_contract(dates, person.contract_ends, earliest))
        values = answers.values(subjects_of(person, need))
        yield person.pk, _read((_person(person), employer, served, mission), values, on, texts)


def read_for_employer(employer: Organisation, on: date) -> list[LeaveReading]:
    """Evaluate the schemes for typical staff of an employer, on dates far in the future.

    A scheme is closed in the result when the kind of employer, or its own choice, closes it for
    every usual status of its staff. The facts on the person or the association are unknown.
    """
    read, kind = _employer(employer), employer.structure_type
    if read.sector == "public" and kind and kind != INDUSTRIAL:
        read = replace(read, industrial=False)
    private = read.sector != "public" or kind == INDUSTRIAL
    statuses: tuple[law.Status, ...] = ("employee",) if private else ("tenured", "contract")
    start = on + FAR
    mission = law.Mission(start=start, end=start + USUAL)
    texts = tables()
    by_status = [
        law.schemes_for(law.Person(status=each), read, law.Association(), mission, on, texts)
        for each in statuses
    ]
    return [
        next((each for each in same if each.verdict != "closed"), same[0])
        for same in zip(*by_status, strict=True)
    ]


Records = tuple[law.Person, law.Employer, law.Association, law.Mission]


def _read(
    records: Records, values: Mapping[str, Any], on: date, texts: law.Tables
) -> list[LeaveReading]:
    """Evaluate the schemes with the given answers, by key of their fact, set on the records."""
    if not values:
        return law.schemes_for(*records, on, texts)
    given: dict[str, dict[str, Any]] = {
        "person": {},
        "employer": {},
        "association": {},
        "mission": {},
    }
    for key, value in values.items():
        record, _, field = key.partition(".")
        given[record][field] = value
    person, employer, association, mission = records
    days = given["mission"].pop("travel_days", 0)
    return law.schemes_for(
        replace(person, **given["person"]),
        replace(employer, **given["employer"]),
        replace(association, **given["association"]),
        replace(mission, departure=mission.start - timedelta(days=days), **given["mission"]),
        on,
        texts,
    )


def has_reading(person: Expert) -> bool:
    """Return whether a person's schemes can be evaluated: employer registered, or no employer."""
    return person.employer_id is not None or person.without_employer


def _within_contract(
    dates: MissionDates, contract_ends: date | None, earliest: date | None
) -> MissionDates:
    """Return the dates, moved earlier to end with a contract that ends during them.

    The dates are returned unchanged when the mission cannot begin that early.
    """
    if contract_ends is None or earliest is None:
        return dates
    if not dates.start <= contract_ends < dates.end:
        return dates
    start = contract_ends - (dates.end - dates.start)
    return replace(dates, start=start, end=contract_ends) if start >= earliest else dates


def as_kept(readings: Iterable[LeaveReading]) -> list[dict[str, Any]]:
    """Return each verdict as a dict of JSON values, to save in a row.

    Keys: `code`, `label`, `verdict`, `article`, `file_by` (ISO date or ""), and the lists `why` and
    `questions`.
    """
    return [
        {
            "code": each.code,
            "label": each.label,
            "verdict": each.verdict,
            "article": each.article,
            "file_by": each.file_by.isoformat() if each.file_by else "",
            "why": list(each.why),
            "questions": list(each.questions),
        }
        for each in readings
    ]


def _person(person: Expert) -> law.Person:
    return law.Person(
        status=STATUSES.get(person.employment),
        employed_since=person.employed_since,
        contract_ends=person.contract_ends,
        part_time=person.part_time,
    )


def _mission(dates: MissionDates) -> law.Mission:
    return law.Mission(
        start=dates.start,
        end=dates.end,
        abroad=dates.abroad,
        requested_on=dates.requested_on,
        urgent_at=dates.urgent_at,
    )


def _association(association: Organisation) -> law.Association:
    return law.Association(
        on_1996_list=association.on_1996_list, general_interest=association.general_interest
    )


def _employer(employer: Organisation | None) -> law.Employer:
    if employer is None:
        return law.Employer()
    public, kind = employer.is_public, employer.structure_type
    return law.Employer(
        kind="public" if public else "private",
        body=PUBLIC_BODIES.get(kind, "other") if public and kind else None,
        industrial=True if public and kind == INDUSTRIAL else None,
        headcount=employer.headcount,
        inhabitants=employer.inhabitants,
        department=employer.department or None,
        accepted=frozenset(employer.schemes) or None,
    )


def public_body_of(employer: Organisation) -> str:
    """Return the kind of public body of an employer, "" for a private one or an unknown kind."""
    return PUBLIC_BODIES.get(employer.structure_type, "") if employer.is_public else ""


def leave_papers(scheme: str, employer: Organisation | None) -> tuple[LeavePaper, ...]:
    """Return the papers required by a leave scheme, the agreement first.

    Args:
        scheme: the code of the scheme.
        employer: the employer, whose kind determines papers and articles; None returns those of
            every kind.
    """
    return law.papers_of(scheme, _kind_of(employer), tables())


def leave_wording(scheme: str, employer: Organisation | None) -> LeaveWording:
    """Return the French sentences on a leave scheme, such as who pays and who insures.

    They are those for the kind of `employer`; None gives those for every kind.
    """
    return law.wording(scheme, _kind_of(employer), tables())


def _kind_of(employer: Organisation | None) -> law.Branch | Literal["private"] | None:
    read = _employer(employer)
    return "private" if read.sector == "private" else read.branch
