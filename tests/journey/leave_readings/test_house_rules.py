"""The objections of an employer's own rules to a person and dates, in addition to the law."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from explor.actors.lending.models import LendingRules
from explor.journey.leave_readings import selectors
from explor.journey.leave_readings.engine import mission_dates, read_leave
from explor.journey.leave_readings.rules import with_house_rules
from explor.journey.proposals.models import Proposal
from factories import ExpertFactory, NeedFactory, ProposalFactory

pytestmark = pytest.mark.django_db


def rules_for(expert, **values):
    return LendingRules.objects.create(employer=expert.employer, **values)


def test_an_objection_of_the_employer_only_affects_schemes_that_it_may_exclude():
    need, expert = NeedFactory(), ExpertFactory()
    dates = mission_dates(need, need.window_start, need.window_start + timedelta(days=9))
    law = read_leave(expert, expert.employer, need, dates, on=timezone.localdate())
    read = with_house_rules(law, ["Règle de l’employeur : 200 jours de préavis."])
    changed = {each.code for each, former in zip(read, law, strict=True) if each != former}
    assert changed == {"MCP"}  # the other schemes are closed, or granted by the law
    (gift,) = [each for each in read if each.code == "MCP"]
    assert (gift.verdict, gift.questions[-1]) == (
        "to_check",
        "Règle de l’employeur : 200 jours de préavis.",
    )
    assert with_house_rules(law, []) == law


def test_days_agreed_for_other_needs_count_against_the_yearly_limit_of_the_employer():
    proposal = ProposalFactory(agreed=True, start=date(2027, 12, 28), end=date(2028, 1, 4))
    expert, need = proposal.expert, NeedFactory()
    rules_for(expert, days_a_year=10)
    assert selectors.days_taken([expert.pk], need.pk) == {expert.pk: {2027: 4, 2028: 4}}
    assert selectors.days_taken([expert.pk], proposal.need_id) == {}
    dates = (date(2028, 3, 1), date(2028, 3, 7), date(2027, 9, 1))
    assert selectors.house_objections(expert, need.pk, *dates) == [
        "Règle de l’employeur : 10 jours par an et par personne ; avec ces dates, 11 en 2028."
    ]


@pytest.mark.parametrize(
    ("free_from", "days"),
    [
        (None, {2027: 10}),
        (date(2027, 3, 5), {2027: 4}),  # back on 4 March
        (date(2027, 3, 1), {}),  # done remotely
    ],
)
def test_days_counted_against_the_yearly_limit_stop_at_the_recorded_return(free_from, days):
    proposal = ProposalFactory(agreed=True, start=date(2027, 3, 1), end=date(2027, 3, 10))
    Proposal.objects.filter(pk=proposal.pk).update(free_from=free_from)
    assert selectors.days_taken([proposal.expert_id], 0).get(proposal.expert_id, {}) == days


def test_days_agreed_with_a_former_employer_do_not_count_in_the_yearly_limit():
    proposal = ProposalFactory(agreed=True)
    other = ExpertFactory()
    Proposal.objects.filter(pk=proposal.pk).update(employer=other.employer)
    assert selectors.days_taken([proposal.expert_id], 0) == {}


def test_a_person_without_employer_gets_no_objection_from_lending_rules():
    expert = ExpertFactory(alone=True)
    today = timezone.localdate()
    assert selectors.house_objections(expert, 0, today, today, today) == []


def test_objections_in_a_window_list_only_people_whose_employer_objects():
    need, today = NeedFactory(), timezone.localdate()
    free, strict = ExpertFactory(), ExpertFactory()
    rules_for(strict, notice_days=300)
    rules_for(free, notice_days=30)
    found = selectors.house_objections_of_all([free, strict], need, today)
    assert list(found) == [strict.pk]
    assert len(found[strict.pk]) == 1


@pytest.mark.parametrize("count", [1, 30])
def test_objections_for_many_people_take_a_constant_number_of_queries(
    count, django_assert_num_queries
):
    need = NeedFactory()
    people = ExpertFactory.create_batch(count)
    for each in people:
        rules_for(each, days_a_year=5)
    with django_assert_num_queries(3):
        found = selectors.house_objections_of_all(people, need, timezone.localdate())
    assert len(found) == count
