"""Urgent leave requests: notice and answer in hours, longest absence, silence is not consent."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from explor.engines.leave import (
    Association,
    Employer,
    Mission,
    Person,
    SchemeVerdict,
    schemes_for,
)

PARIS = ZoneInfo("Europe/Paris")
START = date(2027, 4, 5)
LISTED = Association(on_1996_list=True)
EMPLOYEE = Person(status="employee", employed_since=date(2020, 1, 1))


def at(day: int, hour: int, minute: int = 0, month: int = 4) -> datetime:
    return datetime(2027, month, day, hour, minute, tzinfo=PARIS)


def read(
    urgent_at: datetime, code: str = "CSI", agreement: bool | None = False, **given: Any
) -> SchemeVerdict:
    dates: dict[str, Any] = {"start": START, "end": date(2027, 4, 16), **given}
    mission = Mission(requested_on=urgent_at.date(), urgent_at=urgent_at, **dates)
    employer = Employer(kind="private", leave_agreement=agreement)
    verdicts = schemes_for(EMPLOYEE, employer, LISTED, mission, urgent_at.date())
    return next(verdict for verdict in verdicts if verdict.code == code)


def test_an_urgent_request_in_time_is_open_with_a_24_hour_answer_and_no_silent_consent():
    verdict = read(at(2, 14, 5))
    assert (verdict.verdict, verdict.is_urgent) == ("open", True)
    assert (verdict.answer_hours, verdict.answer_days) == (24, None)
    assert verdict.silence_is_consent is False
    assert verdict.advised_by is None
    assert verdict.objection == "L’employeur peut refuser sans donner de motif."
    assert verdict.why == (
        "La personne est salariée du privé.",
        "L’association figure sur la liste de l’arrêté du 16 juillet 1996.",
        "La mission a lieu hors de France.",
        "La personne a au moins 12 mois d’ancienneté au départ.",
        "La demande urgente est arrivée à temps, le 2 avril 2027 à 14 h 05.",
        "Demande urgente : l’employeur répond en 24 heures ; son silence ne vaut pas accord.",
        "L’employeur peut refuser sans donner de motif.",
    )
    assert {"CT-L3142-70", "CT-D3142-56"} <= {each.id for each in verdict.articles}


@pytest.mark.parametrize(
    ("received", "verdict"),
    [(at(2, 23, 59), "open"), (at(3, 0), "open"), (at(3, 0, 1), "closed"), (at(5, 0), "closed")],
)
def test_an_urgent_request_must_arrive_48_hours_before_the_first_day_of_absence(
    received: datetime, verdict: str
):
    assert read(received).verdict == verdict
    assert read(received).legal_by == date(2027, 4, 2)


def test_the_verdict_on_a_late_urgent_request_gives_the_missed_deadline():
    assert read(at(4, 9)).why == (
        "Une demande urgente devait arriver avant le 3 avril 2027 à 0 h 00.",
    )
    assert read(at(4, 9), agreement=True).verdict == "to_check"


def test_the_urgent_notice_counts_elapsed_hours_when_the_clocks_change():
    # 28 March 2027 has 23 hours: the limit for a departure on the 29th is an hour earlier.
    early, late = at(26, 23, 0, month=3), at(26, 23, 1, month=3)
    dates = {"start": date(2027, 3, 29)}
    assert [read(each, **dates).verdict for each in (early, late)] == ["open", "closed"]


@pytest.mark.parametrize(("days", "verdict"), [(42, "open"), (43, "closed")])
def test_an_urgent_leave_lasts_at_most_six_weeks(days: int, verdict: str):
    end = START + timedelta(days=days - 1)
    assert read(at(2, 9), end=end).verdict == verdict


def test_the_verdict_on_a_too_long_urgent_leave_mentions_the_six_week_limit():
    assert read(at(2, 9), end=date(2027, 6, 30)).why == (
        "L’absence dépasse la durée permise : 6 semaines pour une demande urgente.",
    )


def test_a_scheme_without_urgent_terms_treats_an_urgent_request_as_ordinary():
    verdict = read(at(2, 9), code="MCP")
    assert (verdict.is_urgent, verdict.answer_hours) == (False, None)


def test_the_notice_of_an_urgent_request_ends_on_the_day_of_travel_if_before_the_mission():
    assert read(at(2, 9), departure=date(2027, 4, 4)).verdict == "closed"


@pytest.mark.parametrize(
    "moment",
    [datetime(2027, 4, 2, 9), datetime(2027, 4, 1, 9, tzinfo=UTC)],  # noqa: DTZ001
)
def test_an_urgent_moment_without_time_zone_or_on_another_day_raises_an_error(moment: datetime):
    with pytest.raises(ValueError, match="urgent request"):
        Mission(start=START, end=START, requested_on=date(2027, 4, 2), urgent_at=moment)


def test_the_urgent_moment_is_interpreted_in_its_own_time_zone():
    reunion = datetime(2027, 4, 2, 23, 0, tzinfo=timezone(timedelta(hours=4)))
    assert read(reunion).verdict == "open"
