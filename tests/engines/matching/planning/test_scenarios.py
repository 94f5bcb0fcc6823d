"""Comparison of plans, and why a named person was not chosen."""

from dataclasses import replace

from engines.matching.planning.test_plan import expert, need
from engines.matching.seasons import CALL

from explor.engines.matching import compare, plan, scenarios, why_not

NEEDS = [need("a", network="r"), need("b", network="q")]
EXPERTS = [expert("ines", network="r"), expert("zoe", network="r", missions_done=1)]


def test_a_scenario_with_a_shared_reserve_of_experts_serves_one_more_need() -> None:
    variants = {"Chacun chez soi": CALL, "Réserve partagée": replace(CALL, shared_reserve=True)}
    plans = scenarios(NEEDS, EXPERTS, variants)
    change = compare(plans["Chacun chez soi"], plans["Réserve partagée"])
    assert (change.needs_served, change.seats) == (1, 1)
    assert change.removed == ()
    assert change.lines == ("b : personne → zoe.",)


def test_a_plan_compared_with_itself_has_no_change() -> None:
    base = plan(NEEDS, EXPERTS, CALL)
    change = compare(base, base)
    assert (change.added, change.removed, change.moved, change.total) == ((), (), (), 0)


def test_the_function_why_not_states_that_the_total_score_would_be_lower_with_the_expert() -> None:
    base = plan(NEEDS, EXPERTS, CALL)
    reasons = why_not(NEEDS, EXPERTS, CALL, base, ("a", "zoe"))
    assert reasons[0].startswith("Le score total changerait de -")
    assert reasons[1] == "a : ines → zoe."


def test_the_function_why_not_states_the_rule_that_an_ineligible_person_does_not_meet() -> None:
    base = plan(NEEDS, EXPERTS, CALL)
    reasons = why_not(NEEDS, EXPERTS, CALL, base, ("b", "zoe"))
    assert reasons == (
        "Choix imposé impossible (zoe pour b) : "
        "La personne n'a pas donné son accord pour le réseau q.",
    )


def test_the_function_why_not_states_that_a_person_is_already_chosen_for_the_need() -> None:
    base = plan(NEEDS, EXPERTS, CALL)
    reasons = why_not(NEEDS, EXPERTS, CALL, base, ("a", "ines"))
    assert reasons == ("Cette personne est déjà retenue pour ce besoin.",)


def test_the_function_why_not_counts_the_needs_and_seats_that_would_be_left_empty() -> None:
    needs = [need("a", network="r"), need("b", network="q")]
    experts = [expert("ines", network="r", shared_with=("q",)), expert("zoe", network="q")]
    base = plan(needs, experts, CALL)
    reasons = why_not(needs, experts, CALL, base, ("b", "ines"))
    assert reasons == (
        "1 besoin resterait sans personne.",
        "1 place de moins serait pourvue.",
        "a : ines → personne.",
        "b : zoe → ines.",
    )
