"""Comparison of plans, and why a named person was not chosen."""

from dataclasses import replace

from engines.matching.planning.test_plan import expert, need
from engines.matching.seasons import CALL

from explor.engines.matching import compare, plan, scenarios, why_not

NEEDS = [need("a", network="r"), need("b", network="q")]
EXPERTS = [expert("ines", network="r"), expert("zoe", network="r", missions_done=1)]


def test_a_scenario_that_shares_the_reserve_serves_one_more_need() -> None:
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


def test_an_expert_is_not_chosen_because_the_plan_with_them_scores_lower() -> None:
    base = plan(NEEDS, EXPERTS, CALL)
    reasons = why_not(NEEDS, EXPERTS, CALL, base, ("a", "zoe"))
    assert reasons[0].startswith("Le score total changerait de -")
    assert reasons[1] == "a : ines → zoe."


def test_a_person_not_eligible_is_explained_by_the_rule_not_met() -> None:
    base = plan(NEEDS, EXPERTS, CALL)
    reasons = why_not(NEEDS, EXPERTS, CALL, base, ("b", "zoe"))
    assert reasons == (
        "Choix imposé impossible (zoe pour b) : "
        "La personne n'a pas donné son accord pour le réseau q.",
    )


def test_a_person_already_chosen_is_explained_as_chosen() -> None:
    base = plan(NEEDS, EXPERTS, CALL)
    reasons = why_not(NEEDS, EXPERTS, CALL, base, ("a", "ines"))
    assert reasons == ("Cette personne est déjà retenue pour ce besoin.",)


def test_a_person_not_chosen_is_explained_by_the_needs_left_with_nobody() -> None:
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
