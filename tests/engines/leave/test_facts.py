"""A verdict asks for exactly the unknown facts that could change it."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest

from explor.engines.leave import (
    Association,
    Employer,
    Mission,
    Person,
    SchemeVerdict,
    schemes_for,
)

ON = date(2027, 1, 4)
START = date(2027, 4, 5)
MISSION = Mission(start=START, end=START + timedelta(days=11))
RECORDS = {"person": Person, "employer": Employer, "association": Association, "mission": Mission}


def read(code: str, on: date = ON, **given: object) -> SchemeVerdict:
    verdicts = schemes_for(
        given.get("person", Person(status="employee")),  # type: ignore[arg-type]
        given.get("employer", Employer(kind="private")),  # type: ignore[arg-type]
        given.get("association", Association()),  # type: ignore[arg-type]
        given.get("mission", MISSION),  # type: ignore[arg-type]
        on,
    )
    return next(each for each in verdicts if each.code == code)


COUNCIL = {"person": Person(status="tenured"), "employer": Employer(body="region")}
HOSPITAL = {"person": Person(status="tenured"), "employer": Employer(body="hospital")}
ASKED = [
    ("CP", "person.leave_days", {}),
    ("CET", "person.saved_days", {}),
    ("MCP", "employer.taxed_on_profit", {}),
    ("MCP", "mission.programme_from_france", {}),
    ("PSG", "mission.employer_directs", {}),
    ("MAD", "association.public_service", COUNCIL),
    ("MCF", "association.public_utility", COUNCIL),
    ("OM", "mission.supported", COUNCIL),
    ("AUT", "employer.own_absence_scheme", COUNCIL),
    ("AUT", "person.meets_own_scheme", COUNCIL),
    ("MCI", "mission.hospital_agreement", HOSPITAL),
    ("MCI", "person.cooperation_days", HOSPITAL),
    ("APP", "person.training_centre_agrees", {"person": Person(status="apprentice")}),
    ("APP", "person.contract_ends", {"person": Person(status="apprentice")}),
    ("PMO", "employer.industrial", {"employer": Employer(kind="public")}),
    ("CSI", "employer.leave_agreement", {}),
    ("CSI", "employer.on_leave", {"employer": Employer(kind="private", headcount=40)}),
    ("CSI", "person.earlier_months", {"person": Person(status="employee", employed_since=ON)}),
]


@pytest.mark.parametrize(("code", "fact", "given"), ASKED)
def test_a_leave_verdict_asks_for_each_unknown_fact_that_would_change_the_verdict(
    code, fact, given
):
    assert fact in read(code, **given).asks


@pytest.mark.parametrize(("code", "fact", "given"), ASKED)
def test_every_fact_that_a_leave_verdict_asks_for_is_a_field_of_its_record(code, fact, given):
    record, _, name = fact.partition(".")
    assert name in {field.name for field in fields(RECORDS[record])}


def test_a_closed_leave_verdict_asks_for_no_fact():
    closed = read("MAD")
    assert (closed.verdict, closed.asks) == ("closed", ())


def test_a_leave_verdict_does_not_ask_for_a_known_fact():
    employer = Employer(kind="private", headcount=40, on_leave=0, leave_agreement=False)
    asks = read("CSI", employer=employer).asks
    assert not {"employer.on_leave", "employer.leave_agreement"} & set(asks)


SOLIDARITY = {
    "person": Person(status="employee", employed_since=date(2020, 1, 1)),
    "association": Association(on_1996_list=True),
}


def test_a_request_received_in_time_stays_in_time_after_the_deadline():
    late = START - timedelta(days=10)
    assert read("CSI", late, **SOLIDARITY).verdict == "closed"
    requested = replace(MISSION, requested_on=START - timedelta(days=30))
    kept = read("CSI", late, mission=requested, **SOLIDARITY)
    assert kept.verdict == "open"
    assert "La demande est arrivée à temps, le 6 mars 2027." in kept.why


def test_a_late_request_closes_the_scheme_and_the_reason_gives_the_deadline():
    requested = replace(MISSION, requested_on=START - timedelta(days=29))
    late = read("CSI", START - timedelta(days=20), mission=requested, **SOLIDARITY)
    assert late.verdict == "closed"
    assert "La date limite de la demande est passée : 6 mars 2027." in late.why


def test_a_request_received_before_the_departure_stays_valid_after_it():
    requested = replace(MISSION, requested_on=START - timedelta(days=60))
    assert read("CSI", START + timedelta(days=3), mission=requested, **SOLIDARITY).verdict == "open"
    assert read("CSI", START + timedelta(days=3), **SOLIDARITY).verdict == "closed"
