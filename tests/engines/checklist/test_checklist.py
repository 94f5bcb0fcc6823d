"""The default checklist: it is complete, can be planned, and agrees with known legal facts."""

from datetime import date, timedelta

import pytest

from explor.engines.checklist import PREPARATION, passport_needed_until, schedule

DEPARTURE = date(2027, 6, 1)
PLAN = {step.code: step for step in schedule(DEPARTURE, PREPARATION, date(2027, 1, 1))}


def before(step_date: date | None) -> int:
    assert step_date is not None
    return (DEPARTURE - step_date).days


def test_the_default_checklist_contains_the_agreed_tasks():
    assert [task.code for task in PREPARATION] == [
        *("passport", "terms", "agreement", "briefing", "training", "tickets"),
        *("visa", "insurance", "vaccines", "ariane", "emergency"),
    ]
    assert [task.code for task in PREPARATION if not task.required] == ["training"]
    assert all("exemple" in task.source for task in PREPARATION)


def test_no_task_is_late_three_months_before_departure_with_a_valid_passport():
    plan = schedule(DEPARTURE, PREPARATION, DEPARTURE - timedelta(days=90), done={"passport"})
    assert {step.state for step in plan} == {"done", "ahead"}


def test_a_visa_and_passport_not_begun_a_month_before_departure_are_at_risk():
    plan = schedule(DEPARTURE, PREPARATION, DEPARTURE - timedelta(days=30))
    states = {step.code: step.state for step in plan}
    assert states["visa"] == "at_risk"
    assert states["passport"] == "at_risk"
    assert states["insurance"] == "to_begin"
    assert states["emergency"] == "ahead"


def test_vaccines_are_at_risk_thirty_eight_days_before_departure():
    assert before(PLAN["vaccines"].at_risk_from) == 10 + 28


def test_agreement_and_passport_are_due_before_the_tasks_that_depend_on_them_begin():
    assert PLAN["agreement"].due <= PLAN["tickets"].start_by
    assert PLAN["agreement"].due <= PLAN["insurance"].start_by
    assert PLAN["passport"].due <= PLAN["visa"].start_by


@pytest.mark.parametrize(
    ("back", "until"),
    [
        (date(2027, 4, 16), date(2027, 10, 16)),
        (date(2027, 8, 30), date(2028, 3, 1)),
        (date(2027, 8, 31), date(2028, 3, 1)),
        (date(2027, 12, 31), date(2028, 7, 1)),
        (date(2027, 3, 31), date(2027, 10, 1)),
        (date(2027, 5, 31), date(2027, 12, 1)),
    ],
)
def test_a_passport_must_be_valid_six_whole_months_after_the_return(back, until):
    assert passport_needed_until(back) == until
