"""Properties of the verdicts, checked on thousands of random people and missions."""

import random
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any, get_args

import pytest

from explor.engines.leave import (
    Association,
    Employer,
    Mission,
    Person,
    SchemeVerdict,
    Status,
    articles,
    schemes_for,
)
from explor.engines.leave.model import PublicBody

ON = date(2027, 1, 10)
YES_NO = (True, False)
DAYS = tuple(ON + timedelta(days=n) for n in (-400, -40, 20, 60, 110, 900))
FACTS: dict[str, dict[str, tuple[Any, ...]]] = {
    "person": {
        "status": get_args(Status),
        "employed_since": DAYS,
        "earlier_months": (0, 12),
        "contract_ends": DAYS,
        "part_time": YES_NO,
        "leave_days": (0, 10, 40),
        "saved_days": (0, 10, 40),
        "cooperation_days": (0, 80),
        "meets_own_scheme": YES_NO,
        "training_centre_agrees": YES_NO,
    },
    "employer": {
        "kind": ("private", "public"),
        "body": get_args(PublicBody),
        "industrial": YES_NO,
        "taxed_on_profit": YES_NO,
        "inhabitants": (900, 90_000),
        "headcount": (10, 2400),
        "on_leave": (0, 9),
        "leave_agreement": YES_NO,
        "own_absence_scheme": YES_NO,
        "department": ("974", "67", "75"),
    },
    "association": {
        "on_1996_list": YES_NO,
        "general_interest": YES_NO,
        "public_utility": YES_NO,
        "public_service": YES_NO,
    },
    "mission": {
        "abroad": (*YES_NO, None),
        "supported": YES_NO,
        "hospital_agreement": YES_NO,
        "programme_from_france": YES_NO,
        "employer_directs": YES_NO,
    },
}
Case = dict[str, Any]
# Facts that may open a closed scheme, by scheme: BSE, for people without employer, may open once
# the end of the contract of an apprentice or of a fixed-term employee is known.
DECIDED_BY = {"BSE": {"contract_ends"}}


def drawn(seed: int) -> Case:
    """Return random records in which about half of the facts are known."""
    draw = random.Random(seed)
    start = ON + timedelta(days=draw.choice((-300, -1, 0, 5, 40, 75, 200)))
    given: dict[str, dict[str, Any]] = {
        name: {fact: draw.choice(values) for fact, values in facts.items() if draw.random() < 0.6}
        for name, facts in FACTS.items()
    }
    if "body" in given["employer"]:
        given["employer"].pop("kind", None)
    length = timedelta(days=draw.choice((0, 9, 30, 120)))
    return {
        "person": Person(**given["person"]),
        "employer": Employer(**given["employer"]),
        "association": Association(**given["association"]),
        "mission": Mission(start=start, end=start + length, **given["mission"]),
    }


def read(case: Case) -> list[SchemeVerdict]:
    return schemes_for(**case, on=ON)


CASES = [drawn(seed) for seed in range(600)]


def test_every_leave_scheme_is_closed_for_a_departure_in_the_past() -> None:
    past = [case for case in CASES if case["mission"].leaves < ON]
    assert past
    assert {each.verdict for case in past for each in read(case)} == {"closed"}


def test_only_verdicts_to_check_have_questions_and_closed_verdicts_have_a_reason() -> None:
    for case in CASES:
        for each in read(case):
            assert bool(each.questions) == (each.verdict == "to_check")
            assert all("?" in question for question in each.questions), each.questions
            assert each.verdict != "closed" or each.why


def test_every_article_cited_by_a_verdict_is_in_the_file_of_laws() -> None:
    for case in CASES:
        for each in read(case):
            assert each.articles
            assert all(articles()[cited.id] == cited for cited in each.articles)


def test_every_leave_scheme_can_be_open_closed_or_to_check() -> None:
    reached: dict[str, set[str]] = {}
    for case in (drawn(seed) for seed in range(3000)):
        for each in read(case):
            reached.setdefault(each.code, set()).add(each.verdict)
    assert {code for code, verdicts in reached.items() if "closed" not in verdicts} == set()
    assert {code for code, verdicts in reached.items() if "to_check" not in verdicts} == set()
    assert "open" in reached["PMO"] & reached["OM"] & reached["BSE"]


def test_seniority_changes_only_the_verdict_on_international_solidarity_leave() -> None:
    changed = set()
    for case in CASES:
        for day in DAYS:
            person = replace(case["person"], employed_since=day, earlier_months=0)
            other = read({**case, "person": person})
            changed |= {a.code for a, b in zip(read(case), other, strict=True) if a != b}
    assert changed == {"CSI"}


def richer(case: Case) -> list[tuple[str, Case]]:
    """Return the case completed with one more fact, once for each unknown fact, and its name."""
    more = []
    for name, facts in FACTS.items():
        record = case[name]
        unknown = [field.name for field in fields(record) if getattr(record, field.name) is None]
        for fact in set(unknown) & facts.keys():
            if fact in ("kind", "body") and (record.kind or record.body):
                continue
            more += [(fact, {**case, name: replace(record, **{fact: v})}) for v in facts[fact]]
    return more


@pytest.mark.parametrize("seed", range(120))
def test_adding_a_fact_that_does_not_decide_a_closed_scheme_never_opens_it(seed: int) -> None:
    case = CASES[seed]
    closed = {each.code for each in read(case) if each.verdict == "closed"}
    for fact, more in richer(case):
        opened = {each.code for each in read(more) if each.verdict == "open"}
        reversed_ = {c for c in opened & closed if fact not in DECIDED_BY.get(c, set())}
        assert reversed_ == set(), (fact, case, reversed_)
