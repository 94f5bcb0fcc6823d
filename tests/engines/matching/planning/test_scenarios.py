"""Comparison of plans, and why a named person was not chosen."""

from dataclasses import replace

from engines.matching.planning.test_plan import expert, need
from engines.matching.seasons import CALL

from explor.engines.matching import compare, plan, scenarios, why_not

NEEDS = [need("a", network="r"), need("b", network="q")]
EXPERTS = [expert("ines", network="r"), expert("zoe", network="r", missions_done=1)]


def test_sharing_the_reserve_serves_one_more_need() -> None:
    variants = {"Chacun chez soi": CALL, "Réserve partagée": replace(CALL, shared_reserve=True)}
    plans = scenarios(NEEDS, EXPERTS, variants)
    change = compare(plans["Chacun chez soi"], plans["Réserve partagée"])
    assert (change.needs_served, change.seats) == (1, 1)
    assert change.removed == ()
    assert change.lines == ("b : personne → zoe.",)


def test_the_same_plan_changes_nothing() -> None:
    base = plan(NEEDS, EXPERTS, CALL)
    change = compare(base, base)
    assert (change.added, change.removed, change.moved, change.total) == ((), (), (), 0)


def test_why_not_gives_the_cost_of_the_choice() -> None:
    base = plan(NEEDS, EXPERTS, CALL)
    reasons = why_not(NEEDS, EXPERTS, CALL, base, ("a", "zoe"))
    assert reasons[0].startswith("Le score total changerait de -")
    assert reasons[1] == "a : ines → zoe."


def test_why_not_gives_the_rule_that_refuses() -> None:
    base = plan(NEEDS, EXPERTS, CALL)
    reasons = why_not(NEEDS, EXPERTS, CALL, base, ("b", "zoe"))
    assert reasons == (
        "Choix imposé impossible (zoe pour b) : "
        "La personne n'a pas donné son accord pour le réseau q.",
    )


def test_why_not_answers_that_the_person_is_already_chosen() -> None:
    base = plan(NEEDS, EXPERTS, CALL)
    reasons = why_not(NEEDS, EXPERTS, CALL, base, ("a", "ines"))
    assert reasons == ("Cette personne est déjà retenue pour ce besoin.",)


def test_why_not_counts_the_needs_left_with_nobody() -> None:
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
