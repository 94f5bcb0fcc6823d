"""Objections of an employer's lending rules to dates."""

from datetime import date

import pytest

from explor.actors.lending import actions, rules
from explor.actors.lending.models import Approver, ClosedPeriod, LendingRules
from explor.ground.audit.models import Entry
from explor.ground.http.exceptions import ActionNotAllowed, EditConflict
from factories import EmployerFactory, employer_actor

pytestmark = pytest.mark.django_db
TODAY = date(2027, 3, 1)


@pytest.fixture
def lending():
    return LendingRules.objects.create(employer=EmployerFactory())


def closed(lending, start, end, words=""):
    return ClosedPeriod.objects.create(rules=lending, start=start, end=end, words=words)


def against(lending, start, end, taken=None):
    return rules.objections(lending, start=start, end=end, received=TODAY, taken=taken)


def test_an_employer_without_lending_rules_has_no_objection_to_any_dates(lending):
    assert against(lending, date(2027, 3, 2), date(2027, 3, 20)) == []


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (date(2027, 3, 31), []),
        (
            date(2027, 3, 30),
            ["Règle de l’employeur : 30 jours de préavis, il en reste 29 avant le départ."],
        ),
        (
            date(2027, 3, 1),
            ["Règle de l’employeur : 30 jours de préavis, il n’en reste aucun avant le départ."],
        ),
        (
            date(2027, 2, 27),
            ["Règle de l’employeur : 30 jours de préavis, et le départ est passé."],
        ),
    ],
)
def test_a_departure_with_less_notice_than_the_lending_rules_require_is_an_objection(
    lending, start, words
):
    lending.notice_days = 30
    assert against(lending, start, date(2027, 4, 9)) == words


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        (date(2027, 7, 1), date(2027, 7, 31), 0),
        (date(2027, 7, 1), date(2027, 8, 1), 1),
        (date(2027, 8, 15), date(2027, 8, 20), 1),
        (date(2027, 8, 16), date(2027, 8, 20), 0),
        (date(2027, 7, 20), date(2027, 12, 24), 2),
    ],
)
def test_each_closed_period_of_an_employer_that_overlaps_the_dates_is_an_objection(
    lending, start, end, count
):
    closed(lending, date(2027, 8, 1), date(2027, 8, 15), "inventaire")
    closed(lending, date(2027, 12, 24), date(2027, 12, 24))
    assert len(against(lending, start, end)) == count


def test_the_objection_of_a_closed_period_states_its_days_and_its_reason(lending):
    closed(lending, date(2027, 8, 1), date(2027, 8, 15), "inventaire")
    closed(lending, date(2027, 8, 20), date(2027, 8, 20))
    assert against(lending, date(2027, 8, 10), date(2027, 8, 20)) == [
        "Règle de l’employeur : personne ne part du 1er au 15 août 2027 (inventaire).",
        "Règle de l’employeur : personne ne part le 20 août 2027.",
    ]


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2027, 3, 1), date(2027, 3, 1), "le 1er mars 2027"),
        (date(2027, 3, 3), date(2027, 3, 9), "du 3 au 9 mars 2027"),
        (date(2027, 3, 30), date(2027, 4, 1), "du 30 mars au 1er avril 2027"),
        (date(2027, 12, 30), date(2028, 1, 2), "du 30 décembre 2027 au 2 janvier 2028"),
    ],
)
def test_a_span_of_dates_is_written_without_repeating_the_month_or_the_year(start, end, words):
    assert rules.span(start, end) == words


def test_the_days_of_a_stay_across_two_years_count_in_each_year():
    assert rules.days_by_year(date(2027, 12, 30), date(2028, 1, 3)) == {2027: 2, 2028: 3}
    assert rules.days_by_year(date(2028, 1, 1), date(2028, 12, 31)) == {2028: 366}
    assert rules.days_by_year(date(2027, 5, 4), date(2027, 5, 4)) == {2027: 1}


def test_days_already_taken_in_the_year_count_towards_the_yearly_limit(lending):
    lending.days_a_year = 10
    start, end = date(2027, 12, 27), date(2028, 1, 6)  # 5 days in 2027, 6 in 2028
    assert against(lending, start, end, {2027: 5, 2028: 4}) == []
    assert against(lending, start, end, {2027: 6}) == [
        "Règle de l’employeur : 10 jours par an et par personne ; avec ces dates, 11 en 2027."
    ]


@pytest.mark.parametrize(
    ("days", "count"),
    [
        (9, 0),  # the free days are 1 to 9 August
        (10, 0),  # and 22 to 31 August
        (11, 2),
    ],
)
def test_closed_periods_that_leave_too_few_consecutive_days_in_a_window_are_objections(
    lending, days, count
):
    closed(lending, date(2027, 8, 10), date(2027, 8, 15))
    closed(lending, date(2027, 8, 18), date(2027, 8, 21))
    met = rules.closes_window(lending.periods.all(), date(2027, 8, 1), date(2027, 8, 31), days)
    assert len(met) == count


def test_a_closed_period_that_overlaps_another_or_ends_before_it_starts_is_refused(lending):
    by = employer_actor(lending.employer)
    actions.add_closed_period(lending, by=by, start=date(2027, 8, 1), end=date(2027, 8, 9))
    with pytest.raises(ActionNotAllowed, match="Cette période en recouvre une autre"):
        actions.add_closed_period(lending, by=by, start=date(2027, 8, 9), end=date(2027, 8, 9))
    with pytest.raises(ActionNotAllowed, match="finit avant d’avoir commencé"):
        actions.add_closed_period(lending, by=by, start=date(2027, 9, 2), end=date(2027, 9, 1))
    assert ClosedPeriod.objects.count() == 1


def test_setting_the_lending_rules_from_a_stale_version_is_refused(lending):
    by = employer_actor(lending.employer)
    actions.set_lending_rules(lending, by=by, expected_version=0, notice_days=30)
    with pytest.raises(EditConflict):
        actions.set_lending_rules(lending, by=by, expected_version=0, notice_days=5)
    assert LendingRules.objects.get().notice_days == 30


def test_service_names_that_differ_only_in_case_are_the_same_service(lending):
    by = employer_actor(lending.employer)
    actions.add_approver(lending, by=by, service="Eau", name="Sacha", rank=1)
    made = actions.add_approver(lending, by=by, service=" eau", name="Noor", rank=2)
    assert made.service == "Eau"
    with pytest.raises(ActionNotAllowed, match="Ce rang est déjà pris dans ce service"):
        actions.add_approver(lending, by=by, service="eau", name="Alix", rank=2)


def test_each_change_of_the_lending_rules_is_journaled(lending):
    by = employer_actor(lending.employer)
    period = actions.add_closed_period(lending, by=by, start=TODAY, end=TODAY)
    actions.remove_closed_period(period, by=by)
    approver = actions.add_approver(lending, by=by, service="Eau", name="Sacha")
    actions.remove_approver(approver, by=by)
    assert [each.verb for each in Entry.objects.about(lending)] == [
        "add_closed_period",
        "remove_closed_period",
        "add_approver",
        "remove_approver",
    ]
    assert (ClosedPeriod.objects.count(), Approver.objects.count()) == (0, 0)
