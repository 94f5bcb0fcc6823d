"""Who prepares a plan, and what a plan needs before it is adopted."""

from explor.actors.networks.models import Network
from explor.ground.http.actor import Actor

from .models import MatchingPlan, Scenario, Status
from .states import State

SCENARIOS = 12  # side by side: more is no longer read


def can_open_plan(actor: Actor, network: Network) -> bool:
    """Only the officers of a network plan its needs."""
    return actor.role == "reseau" and network.pk == actor.scope


def can(actor: Actor, verb: str, matching_plan: MatchingPlan) -> bool:
    """Return True when `actor` may take `verb` on this plan in its present state."""
    own = actor.role == "reseau" and matching_plan.network_id == actor.scope
    return own and matching_plan.workflow.allows(matching_plan.state, verb, actor.role)


def can_drop(actor: Actor, matching_plan: MatchingPlan) -> bool:
    """Only the officers of the network drop a plan, while it is in preparation."""
    return can(actor, "drop", matching_plan)


def can_adopt(actor: Actor, scenario: Scenario) -> bool:
    """Only the officers of the network adopt a scenario, while its plan is in preparation."""
    return can(actor, "adopt", scenario.matching_plan)


def can_plan(actor: Actor, matching_plan: MatchingPlan) -> bool:
    """Only the officers of the network change a plan, while it is in preparation."""
    own = actor.role == "reseau" and matching_plan.network_id == actor.scope
    return own and matching_plan.state == State.OPEN


def missing_to_plan(matching_plan: MatchingPlan) -> list[str]:
    """Return why the scenarios and the choices of a plan no longer change."""
    return [] if matching_plan.state == State.OPEN else ["Ce plan n’est plus en préparation."]


def missing_to_add(matching_plan: MatchingPlan) -> list[str]:
    """Return why no other scenario can be added."""
    full = matching_plan.scenarios.count() >= SCENARIOS
    return missing_to_plan(matching_plan) + (
        [f"Un plan compare {SCENARIOS} scénarios au plus : retirez-en un."] if full else []
    )


def missing_to_adopt(scenario: Scenario) -> list[str]:
    """Return why a plan cannot be adopted: it is not computed, or it places nobody."""
    if scenario.status != Status.DONE or not scenario.plan:
        return ["Ce scénario n’est pas calculé : attendez la fin, ou relancez le calcul."]
    if not scenario.plan["places"]:
        return ["Ce scénario ne place personne."]
    return []
