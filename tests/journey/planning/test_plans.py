"""Plans: scenarios computed by background jobs, officers' choices, adoption in one transaction."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from explor.actors.experts.actions import remove_availability, withdraw_consent
from explor.actors.experts.models import Consent, Expert
from explor.actors.networks.models import Network
from explor.ground.audit.models import Entry
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed, EditConflict
from explor.journey.needs.models import LanguageNeed, Need
from explor.journey.planning import actions, pages, rules, selectors
from explor.journey.planning.models import Choice, MatchingPlan, Scenario, Status
from explor.journey.proposals.models import Proposal, ReserveEntry
from factories import (
    DecisionFactory,
    EmployerFactory,
    ExpertFactory,
    NeedFactory,
    NetworkFactory,
    ProposalFactory,
    expert_actor,
    officer_actor,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return NetworkFactory()


@pytest.fixture
def by(network: Network) -> Actor:
    return officer_actor(network)


def need_of(network: Network, **values: Any) -> Need:
    need = NeedFactory(network=network, state="admissible", **values)
    return DecisionFactory(need=need).need


def expert_of(network: Network, **values: Any) -> Expert:
    employer = EmployerFactory(network=network)
    return ExpertFactory(network=network, employer=employer, **values)


def planned(network: Network, by: Actor) -> Scenario:
    made = actions.open_plan(network, title="Printemps", call=None, by=by)
    return computed(made.scenarios.get())


def computed(scenario: Scenario) -> Scenario:
    actions.compute(Scenario.objects.get(pk=scenario.pk))
    return Scenario.objects.get(pk=scenario.pk)


def pairs(scenario: Scenario) -> set[tuple[int, int]]:
    assert scenario.plan is not None
    return {(each["need"], each["expert"]) for each in scenario.plan["places"]}


def test_the_first_scenario_of_a_matching_plan_is_computed_by_a_job(
    network: Network, by: Actor, run_jobs: Callable[[], list[str]]
) -> None:
    need, expert = need_of(network), expert_of(network)
    made = actions.open_plan(network, title="Printemps", call=None, by=by)
    assert made.scenarios.get().status == Status.QUEUED
    run_jobs()
    scenario = made.scenarios.get()
    assert scenario.status == Status.DONE
    assert pairs(scenario) == {(need.pk, expert.pk)}
    assert scenario.plan is not None and scenario.plan["status"] == "optimal"


def test_a_plan_fills_two_needs_that_a_need_by_need_choice_could_not_both_fill(
    network: Network, by: Actor
) -> None:
    only = expert_of(network)
    both = expert_of(network)
    both.languages.create(language="es", level="C1")
    plain, spanish = need_of(network), need_of(network)
    LanguageNeed.objects.create(need=spanish, language="es", level="B2")
    Expert.objects.filter(pk=both.pk).update(experiences="Fontaines\nFontainières")
    assert pairs(planned(network, by)) == {(plain.pk, only.pk), (spanish.pk, both.pk)}


def test_the_needs_to_fill_exclude_needs_unannounced_filled_or_of_another_network(
    network: Network, by: Actor
) -> None:
    expert_of(network)
    DecisionFactory(need=NeedFactory(network=network, state="admissible"), state="decided")
    ProposalFactory(decision=DecisionFactory(need=need_without_decision(network)))
    elsewhere = need_of(NetworkFactory())
    open_ = need_of(network)
    needs = selectors.needs_to_fill(network.pk)
    assert [each.pk for each in needs] == [open_.pk]
    assert elsewhere.pk not in {each.pk for each in needs}


def need_without_decision(network: Network) -> Need:
    return NeedFactory(network=network, state="admissible")


def test_the_free_seats_of_a_plan_exclude_the_seats_held_by_proposals(
    network: Network, by: Actor
) -> None:
    need = need_of(network, seats=3)
    ProposalFactory(need=need, expert=expert_of(network), decision=None)
    assert [each.free_seats for each in selectors.needs_to_fill(network.pk)] == [2]


def test_an_expert_who_declined_a_need_is_not_placed_on_that_need_again_by_a_plan(
    network: Network, by: Actor
) -> None:
    need, expert = need_of(network), expert_of(network)
    ProposalFactory(need=need, expert=expert, state="declined", decision=None)
    assert pairs(planned(network, by)) == set()


def test_a_plan_does_not_use_the_days_of_a_proposal_awaiting_answers(
    network: Network, by: Actor
) -> None:
    need, expert = need_of(network, seats=1), expert_of(network, load=2)
    other = need_of(network, window_start=need.window_start, window_end=need.window_end)
    ProposalFactory(
        need=need,
        expert=expert,
        decision=None,
        start=need.window_start,
        end=need.window_end,
    )
    assert other.pk in {each.pk for each in selectors.needs_to_fill(network.pk)}
    assert pairs(planned(network, by)) == set()


def test_an_expert_imposed_in_a_plan_is_placed_and_an_excluded_expert_is_not(
    network: Network, by: Actor
) -> None:
    need, one, two = need_of(network), expert_of(network), expert_of(network)
    scenario = planned(network, by)
    ((_, chosen),) = pairs(scenario)
    other = two if chosen == one.pk else one
    actions.choose(
        scenario.matching_plan,
        need=need,
        expert=other,
        kind="pin",
        by=by,
        reason="Vu",
    )
    again = computed(scenario)
    assert pairs(again) == {(need.pk, other.pk)}
    assert again.plan is not None and again.plan["places"][0]["pinned"] is True
    assert again.before is not None
    actions.choose(scenario.matching_plan, need=need, expert=other, kind="ban", by=by)
    assert pairs(computed(scenario)) == {(need.pk, chosen)}
    actions.remove_choice(Choice.objects.get(), by=by)
    assert scenario.matching_plan.choices.count() == 0


def test_imposing_an_ineligible_expert_fails_the_scenario_and_keeps_its_previous_plan(
    network: Network, by: Actor
) -> None:
    need, expert = need_of(network), expert_of(network)
    scenario = planned(network, by)
    before = scenario.plan
    remove_availability(expert.availabilities.get(), by=expert_actor(expert))
    actions.choose(scenario.matching_plan, need=need, expert=expert, kind="pin", by=by)
    failed = computed(scenario)
    assert failed.status == Status.FAILED
    assert str(expert) in failed.note and "personne:" not in failed.note
    assert failed.plan == before


def test_a_what_if_scenario_imposes_its_expert_in_addition_to_the_choices(
    network: Network, by: Actor
) -> None:
    need, one, two = need_of(network), expert_of(network), expert_of(network)
    scenario = planned(network, by)
    ((_, chosen),) = pairs(scenario)
    other = two if chosen == one.pk else one
    variant = actions.add_scenario(
        scenario.matching_plan, name="Et si", need=need, expert=other, by=by
    )
    assert pairs(computed(variant)) == {(need.pk, other.pk)}
    names = pages.names_in(by, [scenario.plan, computed(variant).plan])
    first = one if chosen == one.pk else two
    context = pages.changes(scenario.plan, Scenario.objects.get(pk=variant.pk).plan, names)
    assert context[0] == f"{need.title} : {first.person.name} → {other.person.name}."


def test_experts_of_other_networks_are_counted_but_not_named_in_a_plan(
    network: Network, by: Actor
) -> None:
    need = need_of(network)
    stranger = expert_of(NetworkFactory())
    base = planned(network, by)
    assert pairs(base) == set()
    shared = computed(actions.add_scenario(base.matching_plan, name="Partage", shared=True, by=by))
    assert pairs(shared) == {(need.pk, stranger.pk)}
    names = pages.names_in(by, [shared.plan])
    assert names.person(stranger.pk) == pages.HIDDEN
    assert selectors.adoptable(shared, by).places == []


def test_needs_with_a_deferred_decision_can_be_planned_but_not_adopted(
    network: Network, by: Actor
) -> None:
    expert = expert_of(network)
    need = NeedFactory(network=network, state="admissible")
    DecisionFactory(need=need, verdict="deferred")
    base = planned(network, by)
    more = actions.add_scenario(base.matching_plan, name="Enveloppe", deferred=True, by=by)
    assert pairs(computed(more)) == {(need.pk, expert.pk)}
    assert selectors.adoptable(computed(more), by).places == []


def test_allowing_one_more_mission_per_expert_fills_more_needs(network: Network, by: Actor) -> None:
    expert_of(network, load=1)
    first = need_of(network)
    last = first.window_end + timedelta(days=40)  # type: ignore[operator]
    need_of(network, window_start=first.window_end + timedelta(days=5), window_end=last)  # type: ignore[operator]
    base = planned(network, by)
    assert len(pairs(base)) == 1
    more = actions.add_scenario(base.matching_plan, name="Deux", extra_load=1, by=by)
    assert len(pairs(computed(more))) == 2


def test_adopting_a_plan_creates_its_proposals_and_reserve_entries(
    network: Network, by: Actor
) -> None:
    needs = [need_of(network), need_of(network)]
    for _ in range(5):
        expert_of(network)
    scenario = planned(network, by)
    made = actions.adopt(scenario, by=by, expected_version=scenario.matching_plan.version)
    assert made == 2
    proposed = {(each.need_id, each.expert_id) for each in Proposal.objects.all()}
    assert proposed == pairs(scenario)
    assert {each.need_id for each in ReserveEntry.objects.all()} == {need.pk for need in needs}
    assert MatchingPlan.objects.get().state == "adopted"
    assert Entry.objects.filter(verb="adopt").count() == 1
    with pytest.raises(ActionNotAllowed):
        actions.adopt(scenario, by=by)


def test_adopting_a_plan_creates_no_proposal_when_one_of_them_is_refused(
    network: Network, by: Actor
) -> None:
    need, other = need_of(network), need_of(network)
    one, two = expert_of(network), expert_of(network)
    scenario = planned(network, by)
    taken = dict(pairs(scenario))[other.pk]
    busy = one if taken == one.pk else two
    ProposalFactory(
        need=need_of(network), expert=busy, decision=None, agreed=True,
        start=other.window_start, end=other.window_end,
    )  # fmt: skip
    with pytest.raises(ActionNotAllowed) as refused:
        actions.adopt(scenario, by=by)
    assert "déjà engagée" in " ".join(refused.value.reasons)
    assert not Proposal.objects.filter(need__in=[need, other]).exists()
    assert MatchingPlan.objects.get().state == "open"


def test_adopting_a_plan_from_a_stale_page_is_refused(network: Network, by: Actor) -> None:
    need_of(network), expert_of(network)
    scenario = planned(network, by)
    with pytest.raises(EditConflict):
        actions.adopt(scenario, by=by, expected_version=scenario.matching_plan.version + 1)


def test_adopting_a_scenario_that_is_not_computed_or_places_nobody_is_refused(
    network: Network, by: Actor
) -> None:
    need_of(network)
    made = actions.open_plan(network, title="Vide", call=None, by=by)
    scenario = made.scenarios.get()
    assert rules.missing_to_adopt(scenario)[0].startswith("Ce scénario n’est pas calculé")
    assert rules.missing_to_adopt(computed(scenario)) == ["Ce scénario ne place personne."]


def test_adopting_a_scenario_waiting_for_its_computation_creates_no_proposal(
    network: Network, by: Actor
) -> None:
    need_of(network), expert_of(network)
    matching_plan = actions.open_plan(network, title="Printemps", call=None, by=by)
    with pytest.raises(ActionNotAllowed) as refusal:
        actions.adopt(matching_plan.scenarios.get(), by=by)
    reasons = ("Ce scénario n’est pas calculé : attendez la fin, ou relancez le calcul.",)
    assert refusal.value.reasons == reasons
    matching_plan.refresh_from_db()
    assert (matching_plan.state, Proposal.objects.count()) == ("open", 0)


def test_a_plan_computation_that_raises_an_error_marks_the_scenario_as_failed(
    network: Network, by: Actor
) -> None:
    need_of(network), expert_of(network)
    matching_plan = actions.open_plan(network, title="Printemps", call=None, by=by)
    unreadable = {"places": [{}]}
    matching_plan.scenarios.update(plan=unreadable)
    with pytest.raises(KeyError):
        actions.compute(matching_plan.scenarios.get())
    failed = matching_plan.scenarios.get()
    assert (failed.status, failed.progress) == (Status.FAILED, 100)
    assert (failed.note, failed.plan) == ("Le calcul a échoué. Relancez-le.", unreadable)


def test_stopping_the_computation_of_a_scenario_keeps_its_previous_plan(
    network: Network, by: Actor
) -> None:
    need_of(network), expert_of(network)
    scenario = planned(network, by)
    actions.recompute(scenario.matching_plan, by=by)
    actions.stop(scenario, by=by)
    assert computed(scenario).status == Status.STOPPED
    assert pairs(computed(scenario)) == pairs(scenario)


def test_a_scenario_computation_stopped_while_running_saves_no_plan(
    network: Network, by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    need_of(network), expert_of(network)
    made = actions.open_plan(network, title="Printemps", call=None, by=by)
    scenario = made.scenarios.get()
    context = actions._progress

    def stop_first(running: Scenario) -> Callable[[float, str], None]:
        actions.stop(running, by=by)
        return context(running)

    monkeypatch.setattr(actions, "_progress", stop_first)
    stopped = computed(scenario)
    assert (stopped.status, stopped.plan) == (Status.STOPPED, None)


def test_changing_a_closed_matching_plan_is_refused(network: Network, by: Actor) -> None:
    need, expert = need_of(network), expert_of(network)
    scenario = planned(network, by)
    actions.drop(scenario.matching_plan, by=by)
    for act in (
        lambda: actions.choose(scenario.matching_plan, need=need, expert=expert, kind="pin", by=by),
        lambda: actions.add_scenario(scenario.matching_plan, name="Autre", by=by),
        lambda: actions.recompute(scenario.matching_plan, by=by),
        lambda: actions.adopt(scenario, by=by),
    ):
        with pytest.raises(ActionNotAllowed):
            act()


def test_removing_a_choice_of_a_closed_matching_plan_is_refused(
    network: Network, by: Actor
) -> None:
    need, expert = need_of(network), expert_of(network)
    matching_plan = planned(network, by).matching_plan
    actions.choose(matching_plan, need=need, expert=expert, kind="pin", by=by)
    actions.drop(matching_plan, by=by)
    choice = Choice.objects.get()
    with pytest.raises(ActionNotAllowed) as refusal:
        actions.remove_choice(choice, by=by)
    assert refusal.value.reasons == ("Ce plan n’est plus en préparation.",)
    assert Choice.objects.get() == choice


def test_removing_the_first_scenario_of_a_plan_or_reusing_a_scenario_name_is_refused(
    network: Network, by: Actor
) -> None:
    scenario = planned(network, by)
    with pytest.raises(ActionNotAllowed):
        actions.remove_scenario(scenario, by=by)
    with pytest.raises(ActionNotAllowed):
        actions.add_scenario(scenario.matching_plan, name=scenario.name, by=by)
    more = actions.add_scenario(scenario.matching_plan, name="Autre", by=by)
    actions.remove_scenario(more, by=by)
    assert scenario.matching_plan.scenarios.count() == 1


def test_an_expert_who_withdrew_consent_is_not_in_the_recomputed_plan(
    network: Network, by: Actor
) -> None:
    need_of(network)
    expert = expert_of(network)
    scenario = planned(network, by)
    assert len(pairs(scenario)) == 1
    Consent.objects.filter(expert=expert).delete()
    actions.recompute(scenario.matching_plan, by=by)
    assert pairs(computed(scenario)) == set()


def test_a_scenario_left_running_by_a_killed_worker_is_computed_again(
    network: Network, by: Actor
) -> None:
    need, expert = need_of(network), expert_of(network)
    made = actions.open_plan(network, title="Printemps", call=None, by=by)
    made.scenarios.update(status=Status.RUNNING, progress=40)
    assert pairs(computed(made.scenarios.get())) == {(need.pk, expert.pk)}


def test_an_expert_who_closed_their_profile_is_no_longer_named_in_a_plan(
    network: Network, by: Actor
) -> None:
    need, expert = need_of(network), expert_of(network)
    scenario = planned(network, by)
    actions.choose(scenario.matching_plan, need=need, expert=expert, kind="pin", by=by)
    withdraw_consent(expert, network=network, by=expert_actor(expert))
    failed = computed(scenario)
    assert failed.note == f"Personne inconnue : {pages.GONE}."
    context = pages.choices_for(selectors.with_related(by).get(), by)
    assert [each["name"] for each in context] == [pages.GONE]
    assert pages.names_in(by, [scenario.plan]).person(expert.pk) == pages.HIDDEN


def test_withdrawing_consent_removes_the_name_of_the_expert_from_scenarios_of_the_network(
    network: Network, by: Actor, run_jobs: Callable[[], list[str]]
) -> None:
    need, expert = need_of(network), expert_of(network)
    plan = planned(network, by).matching_plan
    scenario = actions.what_if(plan, need=need, expert=expert, by=by)
    other = actions.what_if(plan, need=need, expert=expert_of(network), by=by)
    assert str(expert) in scenario.name
    run_jobs()
    withdraw_consent(expert, network=network, by=expert_actor(expert))
    run_jobs()
    names = list(plan.scenarios.values_list("name", flat=True))
    assert names[1:] == [f"Et si n° {scenario.pk} : {need}"[:80], other.name]
    assert not Entry.objects.filter(details__icontains=str(expert), subject__startswith="planning")


def test_computing_a_plan_runs_before_other_background_jobs(
    network: Network, by: Actor, run_jobs: Callable[[], list[str]]
) -> None:
    expert = expert_of(network)
    remove_availability(expert.availabilities.get(), by=expert_actor(expert))
    actions.open_plan(network, title="Printemps", call=None, by=by)
    assert run_jobs()[0] == "planning.compute"


def test_only_officers_of_the_network_can_drop_a_matching_plan_in_preparation() -> None:
    plan = MatchingPlan(network=NetworkFactory())
    assert rules.can_drop(officer_actor(plan.network), plan)
    assert not rules.can_drop(officer_actor(NetworkFactory()), plan)
