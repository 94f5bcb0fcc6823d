"""Permissions on plans, and the conditions to change or adopt a plan."""

from explor.actors.networks.models import Network
from explor.ground.http.actor import Actor

from .models import MatchingPlan, Scenario, Status
from .states import State

SCENARIOS = 12  # at most per plan: a wider comparison is hard to read


def can_open_plan(actor: Actor, network: Network) -> bool:
    """Return True for the officers of the network, who may create plans for it."""
    return actor.role == "reseau" and network.pk == actor.scope


def can(actor: Actor, verb: str, matching_plan: MatchingPlan) -> bool:
    """Return True when `actor` may perform the workflow action `verb` on this plan now."""
    own = actor.role == "reseau" and matching_plan.network_id == actor.scope
    return own and matching_plan.workflow.allows(matching_plan.state, verb, actor.role)


def can_drop(actor: Actor, matching_plan: MatchingPlan) -> bool:
    """Return True for the officers of the plan's network, who may drop a plan in preparation."""
    return can(actor, "drop", matching_plan)


def can_adopt(actor: Actor, scenario: Scenario) -> bool:
    """Return True for the officers of the network, who may adopt a plan in preparation."""
    return can(actor, "adopt", scenario.matching_plan)


def can_plan(actor: Actor, matching_plan: MatchingPlan) -> bool:
    """Return True for the officers of the network, who may change a plan in preparation."""
    own = actor.role == "reseau" and matching_plan.network_id == actor.scope
    return own and matching_plan.state == State.OPEN


def missing_to_plan(matching_plan: MatchingPlan) -> list[str]:
    """Return why a plan cannot change (adopted or dropped), empty while it is in preparation."""
    return [] if matching_plan.state == State.OPEN else ["Ce plan n’est plus en préparation."]


def missing_to_add(matching_plan: MatchingPlan) -> list[str]:
    """Return why no scenario can be added (closed plan, too many), empty when one can."""
    full = matching_plan.scenarios.count() >= SCENARIOS
    return missing_to_plan(matching_plan) + (
        [f"Un plan compare {SCENARIOS} scénarios au plus : retirez-en un."] if full else []
    )


def missing_to_adopt(scenario: Scenario) -> list[str]:
    """Return why a scenario cannot be adopted (not computed, no placement), empty when it can."""
    if scenario.status != Status.DONE or not scenario.plan:
        return ["Ce scénario n’est pas calculé : attendez la fin, ou relancez le calcul."]
    if not scenario.plan["places"]:
        return ["Ce scénario ne place personne."]
    return []
