"""Warnings on the legal end of a leave scheme, whichever scheme has an end in the data."""

from datetime import date, timedelta

import pytest

from explor.engines.leave import (
    Association,
    Employer,
    Mission,
    Person,
    SchemeVerdict,
    Tables,
    ending_schemes,
    schemes_for,
)
from explor.engines.leave.law import CODES
from explor.engines.leave.tables import SOFTWARE

ON = date(2027, 1, 4)
MISSION = Mission(start=date(2027, 6, 7), end=date(2027, 6, 18))
YEAR_LATER = date(2028, 6, 18)
DAY = timedelta(days=1)


def dated(code: str, **days: date | None) -> Tables:
    """Return tables in which only the scheme `code` has a legal period, given by `days`."""
    own = {name: day.isoformat() for name, day in days.items() if day}
    none = {"valid_from": "", "valid_to": "", "doubtful_to": ""}
    rows = tuple(
        {**row, **none, **(own if row["code"] == code else {})} for row in SOFTWARE.rows("schemes")
    )
    return Tables({"schemes": rows})


def read(code: str, **days: date | None) -> SchemeVerdict:
    """Return the verdict on a scheme with this legal period, when no other fact is known."""
    texts = dated(code, **days)
    verdicts = schemes_for(Person(), Employer(), Association(), MISSION, ON, texts)
    return next(each for each in verdicts if each.code == code)


def warnings(verdict: SchemeVerdict) -> list[str]:
    return [said for said in verdict.why if "approche" in said]


@pytest.mark.parametrize("code", CODES)
def test_any_scheme_whose_legal_end_is_within_a_year_of_the_mission_gives_a_warning(
    code: str,
) -> None:
    verdict = read(code, valid_to=YEAR_LATER)
    assert verdict.verdict != "closed"
    assert warnings(verdict) == [
        "La fin légale de ce cadre approche : 18 juin 2028. Vérifiez s’il est prolongé."
    ]


@pytest.mark.parametrize("end", [YEAR_LATER + DAY, None])
def test_a_scheme_whose_legal_end_is_far_or_unknown_gives_no_warning(end: date | None) -> None:
    assert warnings(read("PMO", valid_to=end)) == []


def test_a_closed_scheme_gives_no_warning_about_its_legal_end() -> None:
    verdict = read("PMO", valid_to=MISSION.start - DAY)
    assert (verdict.verdict, warnings(verdict)) == ("closed", [])


BEFORE, AFTER = MISSION.start - DAY, MISSION.end + DAY
PERIODS: list[tuple[dict[str, date | None], str | None, str | None]] = [
    ({}, None, None),
    ({"valid_to": MISSION.end}, "Ce cadre existe jusqu’au 18 juin 2027.", None),
    ({"valid_to": BEFORE}, "Ce cadre n’existe que jusqu’au 6 juin 2027.", None),
    (
        {"valid_to": MISSION.start},
        None,
        "Ce cadre, ouvert jusqu’au 7 juin 2027, est-il prolongé jusqu’au 18 juin 2027 ?",
    ),
    (
        {"valid_to": BEFORE, "doubtful_to": MISSION.start},
        None,
        "Ce cadre, ouvert jusqu’au 6 juin 2027, est-il prolongé jusqu’au 18 juin 2027 ?",
    ),
    ({"valid_from": MISSION.start}, "Ce cadre existe depuis le 7 juin 2027.", None),
    ({"valid_from": AFTER}, "Ce cadre n’existe que depuis le 19 juin 2027.", None),
    (
        {"valid_from": MISSION.start, "valid_to": MISSION.end},
        "Ce cadre existe du 7 juin 2027 au 18 juin 2027.",
        None,
    ),
]


@pytest.mark.parametrize(("days", "why", "question"), PERIODS)
def test_the_dates_of_a_mission_must_be_within_the_legal_period_of_the_scheme(
    days: dict[str, date | None],
    why: str | None,
    question: str | None,
) -> None:
    verdict = read("PMO", **days)
    said = [each for each in verdict.why if each.startswith("Ce cadre")]
    asked = [each for each in verdict.questions if each.startswith("Ce cadre")]
    assert (said, asked) == ([why] if why else [], [question] if question else [])
    assert (verdict.verdict == "closed") is bool(why and "n’existe" in why)


@pytest.mark.parametrize(
    ("on", "near"),
    [
        (date(2027, 6, 17), []),
        (date(2027, 6, 18), ["CET"]),
        (date(2028, 6, 18), ["CET"]),
        (date(2028, 6, 19), []),
    ],
)
def test_a_scheme_is_listed_as_ending_from_a_year_before_its_end_to_its_last_day(
    on: date, near: list[str]
) -> None:
    texts = dated("CET", valid_to=YEAR_LATER)
    assert [each.code for each in ending_schemes(on, texts)] == near


def test_a_scheme_with_a_doubtful_end_is_listed_as_ending_until_its_latest_end() -> None:
    days = {"valid_to": YEAR_LATER, "doubtful_to": YEAR_LATER + DAY}
    texts = dated("CET", **days)
    assert [each.code for each in ending_schemes(YEAR_LATER + DAY, texts)] == ["CET"]
    assert ending_schemes(YEAR_LATER + 2 * DAY, texts) == ()
