"""Permissions, actions and queries on budgets of missions."""

from decimal import Decimal

import pytest

from explor.ground.audit.models import Entry
from explor.ground.http.exceptions import ActionNotAllowed, EditConflict
from explor.journey.budgets import actions, rules, selectors
from explor.journey.budgets.models import BudgetLine
from explor.journey.calls.models import Envelope
from explor.journey.missions.models import Mission
from factories import (
    FunderFactory,
    MissionFactory,
    NetworkFactory,
    association_actor,
    officer_actor,
)
from support.missions import on, side_by_side

pytestmark = pytest.mark.django_db


def line(mission: Mission, **fields: object) -> BudgetLine:
    given = {"heading": "TRANSPORT", "planned": Decimal(900), **fields}
    return actions.plan(mission, by=officer_actor(mission.network), **given)


def test_only_the_network_of_a_mission_may_edit_its_budget() -> None:
    mission = MissionFactory()
    actors = [
        officer_actor(mission.network),
        officer_actor(NetworkFactory()),
        association_actor(mission.association),
    ]
    assert [rules.can_keep(actor, mission) for actor in actors] == [True, False, False]


@pytest.mark.parametrize(("planned", "held"), [(None, 1), (0, 1), (1, 0)])
def test_a_mission_without_a_positive_planned_amount_cannot_be_cleared(
    planned: int | None, held: int
) -> None:
    mission = MissionFactory()
    if planned is not None:
        line(mission, planned=Decimal(planned))
    assert len(rules.missing_to_clear(mission)) == held


def test_changing_a_budget_line_logs_its_amounts_in_the_journal() -> None:
    made = line(MissionFactory())
    by = officer_actor(made.mission.network)
    actions.book(
        made,
        by=by,
        changes={"committed": Decimal("850.00"), "note": "Billets."},
        expected_version=0,
    )
    assert Entry.objects.about(made).last().details == {"committed": "850.00"}
    with pytest.raises(EditConflict):
        actions.book(made, by=by, changes={"paid": Decimal(1)}, expected_version=0)


@pytest.mark.parametrize(
    "fields",
    [
        {"planned": Decimal(-1)},
        {"currency": "XOF"},
        {"currency": "XOF", "rate": Decimal("655.957")},
        {"currency": "XOF", "rate_on": on(0)},
    ],
)
def test_a_negative_amount_or_a_foreign_currency_without_a_dated_rate_is_refused(
    fields: dict[str, object],
) -> None:
    with pytest.raises(ActionNotAllowed):
        line(MissionFactory(), **fields)


def test_deleting_a_budget_line_with_a_paid_amount_is_refused() -> None:
    mission = MissionFactory()
    paid, unpaid = line(mission, paid=Decimal("0.01")), line(mission)
    by = officer_actor(mission.network)
    actions.drop(unpaid, by=by, expected_version=0)
    with pytest.raises(ActionNotAllowed, match="De l’argent a été payé"):
        actions.drop(paid, by=by, expected_version=0)
    assert list(mission.budget.all()) == [paid]


def test_budget_totals_are_summed_per_network_and_over_all_networks() -> None:
    networks = [NetworkFactory(in_explor=True) for _ in range(2)]
    for network in networks:
        for mission in side_by_side(network, 2):
            line(mission, committed=Decimal("10.10"), paid=Decimal("5.05"))
            line(mission, heading="VISA", planned=Decimal("0.01"))
    rows = selectors.by_network()
    assert [row["missions"] for row in rows] == [2, 2]
    assert [row["planned"] for row in rows] == [Decimal("1800.02")] * 2
    assert selectors.totals_of(rows) == {
        "planned": Decimal("3600.04"),
        "committed": Decimal("40.40"),
        "paid": Decimal("20.20"),
    }
    assert selectors.by_network(network=networks[0].pk) == rows[:1]


def test_budget_totals_for_a_funder_include_only_its_own_amounts_and_missions() -> None:
    network, funder = NetworkFactory(in_explor=True), FunderFactory()
    first, second, _ = side_by_side(network, 3)
    for mission in (first, second):
        line(mission, funder=funder, planned=Decimal(100))
        line(mission, funder=FunderFactory(), planned=Decimal(7))
    [row] = selectors.by_network(funder=funder.pk)
    assert (row["missions"], row["planned"]) == (2, Decimal(200))


def test_planned_amounts_of_its_funder_on_missions_of_its_call_reduce_an_envelope() -> None:
    first, second = side_by_side(NetworkFactory(), 2)
    funder = FunderFactory()
    Envelope.objects.create(call=first.need.call, funder=funder, amount=Decimal(1000))
    line(first, funder=funder, planned=Decimal(900), paid=Decimal(300))
    line(first, funder=FunderFactory(), planned=Decimal(50))
    line(second, funder=funder, planned=Decimal(70))
    [row] = selectors.consumed(first.network_id)
    assert (row["planned"], row["paid"], row["left"]) == (Decimal(900), Decimal(300), Decimal(100))
    line(first, funder=funder, planned=Decimal(200))
    assert selectors.consumed(first.network_id)[0]["left"] == Decimal(-100)


def test_a_mission_that_was_called_off_takes_only_what_was_paid() -> None:
    network, funder = NetworkFactory(in_explor=True), FunderFactory()
    first, second = side_by_side(network, 2)
    Envelope.objects.create(call=first.need.call, funder=funder, amount=Decimal(1000))
    amounts = {"planned": Decimal(600), "committed": Decimal(500), "paid": Decimal(80)}
    line(first, funder=funder, **amounts)
    line(second, funder=funder, planned=Decimal(300))
    Mission.objects.filter(pk=first.pk).update(state="cancelled", cause="health")
    expected = {"planned": Decimal(380), "committed": Decimal(80), "paid": Decimal(80)}
    for rows in (selectors.by_network(), selectors.by_network(funder=funder.pk)):
        assert [row["missions"] for row in rows] == [1]
        assert selectors.totals_of(rows) == expected
    [row] = selectors.consumed(network.pk)
    assert (row["planned"], row["left"]) == (Decimal(80), Decimal(920))


def test_a_network_that_left_the_programme_stays_in_the_accounts() -> None:
    left, silent = NetworkFactory(in_explor=False), NetworkFactory(in_explor=False)
    [mission] = side_by_side(left, 1)
    line(mission, planned=Decimal(300))
    assert [row["name"] for row in selectors.by_network()] == [left.name]
    assert silent.name not in {row["name"] for row in selectors.by_network()}


def test_an_envelope_without_budget_line_is_fully_available() -> None:
    mission = MissionFactory()
    Envelope.objects.create(call=mission.need.call, funder=FunderFactory(), amount=Decimal(1000))
    assert selectors.consumed(mission.network_id)[0]["left"] == Decimal(1000)
