"""Which experts are counted, in which group, over which months."""

from datetime import date, timedelta

import pytest

from explor.actors.experts.models import Consent, Expert
from explor.ground.http.actor import Actor
from explor.oversight.equity import pages
from explor.oversight.equity.rules.figures import OTHERS, Table
from explor.oversight.equity.selectors import observed_in, tables_for, window
from factories import EmployerFactory, NetworkFactory, ProposalFactory, officer_actor
from support.equity import inside, people, propose, year

pytestmark = pytest.mark.django_db
ABOVE = Actor(role="coordination", scope=1)


def table(by: Actor, title: str) -> Table:
    return dict(tables_for(by, year()))[title]


def rows(found: Table) -> list[tuple[str, int, tuple[int, ...]]]:
    return [(each.label, each.people, each.counts) for each in (found.total, *found.groups)]


@pytest.mark.parametrize(
    ("today", "months", "start", "end"),
    [
        (date(2027, 3, 17), 12, date(2026, 3, 1), date(2027, 3, 1)),
        (date(2027, 1, 1), 12, date(2026, 1, 1), date(2027, 1, 1)),
        (date(2028, 2, 29), 24, date(2026, 2, 1), date(2028, 2, 1)),
    ],
)
def test_the_period_counted_in_equity_figures_contains_only_whole_months(
    today: date, months: int, start: date, end: date
) -> None:
    found = window(today, months)
    assert (found.start, found.end) == (start, end)
    assert found.last == end - timedelta(days=1)


def test_experts_are_counted_in_equity_figures_by_the_outcome_of_their_proposals() -> None:
    network = NetworkFactory()
    found = people(network, 8)
    propose(found[0], agreed=True)
    propose(found[1], state="declined")
    propose(found[1], state="lapsed")
    propose(found[2], state="recalled")
    propose(found[3])
    propose(found[4], at=year().instants[0] - timedelta(seconds=1), agreed=True)
    propose(found[5], at=year().instants[1])
    by = officer_actor(network)
    assert rows(table(by, "Par statut")) == [
        ("Ensemble", 8, (4, 1, 1)),
        ("Salariée ou salarié en CDI", 8, (4, 1, 1)),
    ]


def test_an_expert_without_an_earlier_agreed_proposal_is_counted_as_a_first_time() -> None:
    network = NetworkFactory()
    found = people(network, 12)
    for each in found[:5]:
        propose(each, at=year().instants[0] - timedelta(days=1), agreed=True)
    propose(found[5], at=year().instants[0] - timedelta(days=1), state="declined")
    propose(found[6], agreed=True)
    assert rows(table(officer_actor(network), "Première fois ou non")) == [
        ("Ensemble", 12, (1, 1, 0)),
        ("Première fois", 7, (1, 1, 0)),
        ("Déjà retenue auparavant", 5, (0, 0, 0)),
    ]


def test_small_groups_of_experts_are_merged_in_equity_figures() -> None:
    network = NetworkFactory()
    people(network, 6, department="69")
    people(network, 9, department="38")
    people(network, 2, department="42")
    people(network, 3, department="", employer=EmployerFactory(network=network, department="01"))
    assert rows(table(officer_actor(network), "Par département")) == [
        ("Ensemble", 20, (0, 0, 0)),
        ("Isère", 9, (0, 0, 0)),
        ("Rhône", 6, (0, 0, 0)),
        (OTHERS, 5, (0, 0, 0)),
    ]


def test_experts_are_grouped_by_the_size_of_their_employer() -> None:
    network = NetworkFactory()
    people(network, 5, employer=None)
    people(network, 5, employer=EmployerFactory(network=network, headcount=7000))
    public = EmployerFactory(network=network, is_public=True, inhabitants=900, headcount=7000)
    people(network, 5, employer=public, employment="")
    by = officer_actor(network)
    assert [each.label for each in table(by, "Par taille d’employeur").groups] == [
        "Sans employeur inscrit",
        "Entreprise de 5 000 personnes ou plus",
        "Collectivité jusqu’à 3 500 habitants",
    ]
    assert [each.label for each in table(by, "Par statut").groups] == [
        "Salariée ou salarié en CDI",
        "Non précisé",
    ]


def test_equity_figures_count_only_experts_with_consent_who_are_available_or_proposed() -> None:
    network = NetworkFactory()
    found = people(network, 9)
    resting, proposed, gone, late, *_ = found
    Expert.objects.filter(pk__in=[resting.pk, proposed.pk]).update(state="resting")
    propose(proposed)
    Consent.objects.filter(expert=gone).update(withdrawn_at=inside())
    Consent.objects.filter(expert=late).update(given_at=year().instants[1])
    seen = observed_in(year(), [network.pk])[network.pk]
    assert {each.subject for each in seen} == {proposed.pk, *(each.pk for each in found[4:])}


def test_proposals_by_another_network_are_not_counted_in_equity_figures() -> None:
    network, other = NetworkFactory(), NetworkFactory()
    shown = people(network, 5)[0]
    Consent.objects.create(expert=shown, network=other, given_at=inside())
    ProposalFactory(expert=shown, decision__need__network=other)
    propose(shown, state="declined")
    found = observed_in(year())
    assert found[network.pk][0].outcomes == {"proposed", "ended"}
    assert [each.outcomes for each in found[other.pk]] == [frozenset()]


def test_no_equity_table_is_shown_for_a_network_of_four_experts() -> None:
    network = NetworkFactory()
    people(network, 4)
    assert tables_for(officer_actor(network), year()) == []
    assert tables_for(ABOVE, year()) == []


def test_the_coordination_sees_the_sum_of_the_groups_that_networks_show() -> None:
    first, second, tiny = (NetworkFactory(name=name) for name in ("Amont", "Aval", "Ru"))
    proposed = people(first, 7, department="69")[0]
    propose(proposed, agreed=True)
    people(first, 6, department="38")
    people(second, 8, department="38")
    people(second, 3, department="69")
    people(tiny, 4, department="69")
    assert rows(table(ABOVE, "Par réseau")) == [
        ("Ensemble", 24, (1, 1, 0)),
        ("Amont", 13, (1, 1, 0)),
        ("Aval", 11, (0, 0, 0)),
    ]
    # In « Aval », the three people of the Rhône are hidden, so the Isère is too; here as well.
    assert rows(table(ABOVE, "Par département")) == [
        ("Ensemble", 24, (1, 1, 0)),
        ("Isère", 6, (0, 0, 0)),
        ("Rhône", 7, (1, 1, 0)),
        (OTHERS, 11, (0, 0, 0)),
    ]


def test_equity_rates_are_written_with_their_interval_and_their_gap_in_words() -> None:
    network = NetworkFactory()
    many = people(network, 40, department="69")
    few = people(network, 20, department="38")
    for each in (*many[:2], *few[:12]):
        propose(each)
    displayed = {
        each["title"]: each for each in pages.displayed(tables_for(officer_actor(network), year()))
    }
    rhone = next(row for row in displayed["Par département"]["rows"] if row["label"] == "Rhône")
    assert rhone["people"] == 40
    assert rhone["cells"][0] == {
        "count": "2 sur 40",
        "between": "entre 1 et 17 sur 100",
        "gap": "moins souvent que l’ensemble, 18 de moins sur 100",
        "clear": True,
    }
    assert rhone["cells"][1]["gap"] == "pas d’écart net"
