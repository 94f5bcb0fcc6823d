"""Backward planning from the departure: cases computed by hand, then random checklists."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explor.engines.checklist import Step, Task, schedule

DEPARTURE = date(2027, 4, 5)
LONG_AGO = date(2026, 1, 1)


def task(code: str, due: int, lead: int, **more) -> Task:
    return Task(code=code, label=code, party="expert", due_days=due, lead_days=lead, **more)


def dates(step: Step) -> tuple[date, date, date | None]:
    return step.start_by, step.due, step.at_risk_from


def test_the_dates_of_a_single_task_are_counted_back_from_the_departure():
    (visa,) = schedule(DEPARTURE, [task("visa", 21, 30, latest_days=3)], LONG_AGO)
    assert dates(visa) == (date(2027, 2, 13), date(2027, 3, 15), date(2027, 3, 3))


def test_a_checklist_task_is_due_on_the_start_date_of_the_task_that_depends_on_that_task():
    passport = task("passport", 40, 42)
    visa = task("visa", 21, 30, after=("passport",))
    first, second = schedule(DEPARTURE, [visa, passport], LONG_AGO)
    assert (first.code, second.code) == ("passport", "visa")
    assert first.due == second.start_by == DEPARTURE - timedelta(days=51)
    assert first.start_by == DEPARTURE - timedelta(days=93)
    assert first.at_risk_from == DEPARTURE - timedelta(days=72)


def test_a_task_due_before_its_dependent_task_begins_keeps_its_own_due_date():
    passport = task("passport", 75, 42)
    visa = task("visa", 21, 30, after=("passport",))
    first, _ = schedule(DEPARTURE, [visa, passport], LONG_AGO)
    assert first.due == DEPARTURE - timedelta(days=75)


def test_an_optional_task_is_never_at_risk():
    (training,) = schedule(DEPARTURE, [task("training", 30, 14, required=False)], DEPARTURE)
    assert (training.at_risk_from, training.state) == (None, "late")


@pytest.mark.parametrize(
    ("today", "state", "begun"),
    [
        (date(2027, 2, 12), "ahead", "ahead"),
        (date(2027, 2, 13), "to_begin", "to_begin"),
        (date(2027, 3, 2), "to_begin", "to_begin"),
        (date(2027, 3, 3), "at_risk", "to_begin"),
        (date(2027, 3, 15), "at_risk", "to_begin"),
        (date(2027, 3, 16), "at_risk", "at_risk"),
    ],
)
def test_the_state_of_a_checklist_task_depends_on_the_day_and_on_its_progress(today, state, begun):
    tasks = [task("visa", 21, 30, latest_days=3)]
    assert schedule(DEPARTURE, tasks, today)[0].state == state
    assert schedule(DEPARTURE, tasks, today, begun={"visa"})[0].state == begun
    assert schedule(DEPARTURE, tasks, today, done={"visa"})[0].state == "done"


def test_a_short_task_past_its_due_date_is_late_even_before_it_is_at_risk():
    (ariane,) = schedule(DEPARTURE, [task("ariane", 7, 1, latest_days=1)], date(2027, 3, 30))
    assert (ariane.due, ariane.at_risk_from) == (date(2027, 3, 29), date(2027, 4, 3))
    assert ariane.state == "late"


@pytest.mark.parametrize(
    ("tasks", "fault"),
    [
        ([task("a", 1, 1), task("a", 2, 2)], "a code is used twice"),
        ([task("a", 1, 1, after=("b",))], "a waits for b, which is not in the list"),
        ([task("a", 1, -1)], "a: 0 <= lead_days, 0 <= latest_days <= due_days"),
        ([task("a", 1, 1, latest_days=2)], "a: 0 <= lead_days, 0 <= latest_days <= due_days"),
        (
            [task("a", 1, 1, after=("b",)), task("b", 1, 1, required=False)],
            "a is required and waits for b, which is not",
        ),
        (
            [task("a", 1, 1, after=("b",)), task("b", 1, 1, after=("a",))],
            "these wait for one another: a > b > a",
        ),
    ],
)
def test_an_invalid_checklist_raises_an_error_that_names_the_fault(tasks, fault):
    with pytest.raises(ValueError, match=r"\w") as refusal:
        schedule(DEPARTURE, tasks, LONG_AGO)
    assert str(refusal.value) == fault


@st.composite
def lists(draw: st.DrawFn) -> list[Task]:
    tasks: list[Task] = []
    for place in range(draw(st.integers(1, 8))):
        due = draw(st.integers(0, 90))
        after = draw(st.sets(st.sampled_from([t.code for t in tasks]))) if tasks else set()
        lead, latest = draw(st.integers(0, 60)), draw(st.integers(0, due))
        tasks.append(task(f"t{place}", due, lead, latest_days=latest, after=tuple(sorted(after))))
    return draw(st.permutations(tasks))


@given(lists())
def test_each_task_is_due_before_the_tasks_that_depend_on_it_begin(tasks):
    plan = {step.code: step for step in schedule(DEPARTURE, tasks, LONG_AGO)}
    for wanted in tasks:
        step = plan[wanted.code]
        assert step.due <= DEPARTURE - timedelta(days=wanted.due_days)
        assert step.due - step.start_by == timedelta(days=wanted.lead_days)
        assert step.at_risk_from is not None
        assert step.start_by <= step.at_risk_from
        for code in wanted.after:
            assert plan[code].due <= step.start_by
            ready = plan[code].at_risk_from + timedelta(days=named(tasks, code).lead_days)
            assert ready <= step.at_risk_from


@given(lists())
def test_each_task_is_due_as_late_as_its_dependent_tasks_allow(tasks):
    plan = {step.code: step for step in schedule(DEPARTURE, tasks, LONG_AGO)}
    for wanted in tasks:
        waiting = [plan[t.code].start_by for t in tasks if wanted.code in t.after]
        own = DEPARTURE - timedelta(days=wanted.due_days)
        assert plan[wanted.code].due == min([own, *waiting])


def named(tasks: list[Task], code: str) -> Task:
    return next(t for t in tasks if t.code == code)
