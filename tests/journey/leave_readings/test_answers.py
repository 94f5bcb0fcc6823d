"""Answers to the questions of leave schemes: who gives them, what they apply to, how long."""

import re
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from explor.engines import leave
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.journey.leave_readings import actions, rules
from explor.journey.leave_readings.engine import (
    latest_dates,
    mission_dates,
    read_leave,
    read_leave_of_all,
)
from explor.journey.leave_readings.fields import FACTS
from explor.journey.leave_readings.forms import AnswerForm
from explor.journey.leave_readings.models import LeaveAnswer
from explor.journey.leave_readings.selectors import Subjects, answers_of
from factories import (
    EmployerFactory,
    ExpertFactory,
    NeedFactory,
    employer_actor,
    officer_actor,
)

pytestmark = pytest.mark.django_db
RECORDS = {
    "person": leave.Person,
    "employer": leave.Employer,
    "association": leave.Association,
    "mission": leave.Mission,
}
TODAY = timezone.localdate()


class Case:
    """An expert with an employer and a need, and the subjects of the answers about them."""

    def __init__(self) -> None:
        self.need = NeedFactory()
        self.expert = ExpertFactory(network=self.need.network, employment="salarie")
        self.subjects = Subjects(
            expert=self.expert.pk,
            employer=self.expert.employer_id,
            association=self.need.association_id,
            need=self.need.pk,
        )
        self.employer = employer_actor(self.expert.employer)
        self.officer = officer_actor(self.need.network)

    def answer(self, by: Actor | None = None, **values: Any) -> None:
        named = {key.replace("__", "."): value for key, value in values.items()}
        actions.answer(self.subjects, named, by=by or self.employer)

    def values(self, on: date = TODAY, **other: int) -> dict[str, Any]:
        subjects = Subjects(**{**self.subjects.__dict__, **other})
        return answers_of(subjects, on=on).values(subjects)

    def read(self, code: str, on: date = TODAY) -> leave.SchemeVerdict:
        start = on + timedelta(days=100)
        dates = mission_dates(self.need, start, start + timedelta(days=9))
        read = read_leave(self.expert, self.expert.employer, self.need, dates, on=on)
        return next(each for each in read if each.code == code)


@pytest.fixture
def case() -> Case:
    return Case()


def test_every_leave_question_corresponds_to_a_field_of_the_leave_engine() -> None:
    for fact in FACTS:
        names = {field.name for field in fields(RECORDS[fact.record])}
        assert fact.field in names | {"travel_days"}, fact.key


def test_every_fact_that_the_leave_engine_asks_for_has_a_question(case: Case) -> None:
    keys = {fact.key for fact in FACTS}
    for status in ("salarie", "titulaire", "contractuel"):
        case.expert.employment = status
        asked = {fact for code in leave.CODES for fact in case.read(code).asks}
        assert asked - {"person.contract_ends"} <= keys  # the status is a field of the profile


def test_a_leave_answer_changes_the_verdict_on_the_scheme_that_asked_the_question(
    case: Case,
) -> None:
    assert case.read("CP").verdict == "to_check"
    case.answer(person__leave_days=20)
    assert case.read("CP").verdict == "open"
    assert "person.leave_days" not in case.read("CP").asks


def test_travel_days_move_the_start_of_the_absence_before_the_mission(case: Case) -> None:
    before = case.read("CP").advised_by
    case.answer(mission__travel_days=2)
    assert case.read("CP").advised_by == before - timedelta(days=2)


def test_the_latest_leave_answer_applies_and_the_former_answer_is_kept(case: Case) -> None:
    case.answer(person__leave_days=20)
    case.answer(person__leave_days=3)
    assert case.values() == {"person.leave_days": 3}
    assert [each.value for each in LeaveAnswer.objects.order_by("pk")] == [20, 3]


def test_giving_the_same_leave_answer_again_adds_no_row(case: Case) -> None:
    case.answer(person__saved_days=4)
    case.answer(person__saved_days=4)
    assert LeaveAnswer.objects.count() == 1
    assert case.values() == {"person.saved_days": 4}


def test_a_leave_question_is_asked_again_once_its_answer_is_out_of_date(case: Case) -> None:
    case.answer(person__leave_days=20)
    assert case.values(TODAY + timedelta(days=92)) == {"person.leave_days": 20}
    assert case.values(TODAY + timedelta(days=93)) == {}
    case.answer(person__leave_days=20)
    assert LeaveAnswer.objects.count() == 1


def test_a_leave_answer_about_an_employer_applies_to_all_its_people_and_to_other_needs(
    case: Case,
) -> None:
    case.answer(employer__taxed_on_profit=True)
    other = ExpertFactory(employer=case.expert.employer)
    known = {"employer.taxed_on_profit": True}
    assert case.values(expert=other.pk, need=NeedFactory().pk) == known
    assert case.values(employer=EmployerFactory().pk) == {}


def test_a_leave_answer_about_a_person_and_a_need_does_not_apply_to_another_need(
    case: Case,
) -> None:
    case.answer(mission__travel_days=2, mission__supported=True)
    assert case.values(need=NeedFactory().pk) == {}
    assert case.values(expert=ExpertFactory().pk) == {"mission.supported": True}


def test_loading_leave_answers_for_many_people_gives_each_person_the_same_answers(
    case: Case,
) -> None:
    case.answer(person__leave_days=20, employer__taxed_on_profit=False)
    other = ExpertFactory(employer=case.expert.employer, employment="salarie")
    employers = {case.expert.employer_id: case.expert.employer}
    case.need.window_start, case.need.days = TODAY + timedelta(days=60), 10
    case.need.window_end = TODAY + timedelta(days=90)
    dates = latest_dates(case.need)
    assert dates is not None
    people = [case.expert, other]
    batch = dict(read_leave_of_all(people, employers, case.need, dates, on=TODAY))
    for person in people:
        one = read_leave(person, case.expert.employer, case.need, dates, on=TODAY)
        assert batch[person.pk] == one


def test_leave_answers_for_many_people_and_law_changes_take_one_query_each(
    case: Case, django_assert_num_queries: Any
) -> None:
    people = [ExpertFactory(employer=case.expert.employer) for _ in range(5)]
    dates = mission_dates(case.need, TODAY + timedelta(days=60), TODAY + timedelta(days=70))
    employers = {case.expert.employer_id: case.expert.employer}
    with django_assert_num_queries(2):
        list(read_leave_of_all(people, employers, case.need, dates, on=TODAY))


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("employer__taxed_on_profit", 1),
        ("employer__taxed_on_profit", "yes"),
        ("person__leave_days", -1),
        ("person__leave_days", 366),
        ("person__leave_days", True),
        ("person__height", 3),
    ],
)
def test_an_impossible_leave_answer_is_refused_and_nothing_is_saved(
    case: Case, fact: str, value: Any
) -> None:
    with pytest.raises(ActionNotAllowed):
        case.answer(mission__travel_days=1, **{fact: value})
    assert LeaveAnswer.objects.count() == 0


@pytest.mark.parametrize("role", ["employeur", "association", "expert", "reseau"])
def test_each_role_is_asked_only_the_leave_questions_it_knows_and_the_network_every_question(
    role: str,
) -> None:
    everything = [fact.key for fact in FACTS]
    asked = [fact.key for fact in rules.questions_for(role, everything)]
    expected = [fact.key for fact in FACTS if role == "reseau" or role in fact.roles]
    assert asked == expected
    always = [fact.key for fact in rules.questions_for(role, [])]
    assert always == ["mission.travel_days"]


def test_an_association_may_answer_only_leave_questions_about_itself_or_the_mission() -> None:
    read = [fact.record for fact in FACTS if rules.may_answer("association", fact)]
    assert set(read) == {"association", "mission"}


def test_the_sentences_of_a_leave_verdict_hide_the_numbers_that_the_association_may_not_read(
    case: Case,
) -> None:
    """Every party reads the sentences: the answer itself is for the roles that know it."""
    kept = [each for each in FACTS if each.kind == "number" and "association" not in each.roles]
    case.answer(**{each.key.replace(".", "__"): 4 for each in kept})
    start = TODAY + timedelta(days=100)
    dates = mission_dates(case.need, start, start + timedelta(days=9))
    read = read_leave(case.expert, case.expert.employer, case.need, dates, on=TODAY)
    text = " ".join(line for each in read for line in (*each.why, *each.questions))
    assert "jours ouvrés" in text
    assert not re.search(r"\b4 (jours|mois|personnes)|\b4 an", text)


def test_a_leave_answer_about_the_employer_is_refused_without_employer(case: Case) -> None:
    case.subjects = Subjects(**{**case.subjects.__dict__, "employer": None})
    with pytest.raises(ActionNotAllowed, match="Aucun employeur n’est inscrit"):
        case.answer(case.officer, employer__taxed_on_profit=True)


def test_the_network_can_record_a_leave_answer_on_behalf_of_another_role(case: Case) -> None:
    case.answer(case.officer.on_word_of("Camille Valmy"), employer__taxed_on_profit=True)
    answer = LeaveAnswer.objects.get()
    assert (answer.by, answer.role, answer.on_word_of) == (
        case.officer.name,
        "reseau",
        "Camille Valmy",
    )


def test_the_form_of_leave_questions_saves_a_no_and_ignores_a_blank_answer(case: Case) -> None:
    asked = [
        fact
        for fact in FACTS
        if fact.key in ("employer.taxed_on_profit", "employer.industrial", "person.leave_days")
    ]
    data = {"version": "0", "employer_taxed_on_profit": "no", "person_leave_days": "0"}
    form = AnswerForm(data, subject=case.need, questions=asked, known={})
    assert form.is_valid(), form.errors
    assert form.answers == {"employer.taxed_on_profit": False, "person.leave_days": 0}
