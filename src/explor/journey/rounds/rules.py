"""Who plans a round, and what a plan needs before it is adopted."""

from explor.ground.common.actor import Actor

from .models import Round, Scenario, Status
from .states import State

SCENARIOS = 12  # side by side: more is no longer read


def can_open_round(actor: Actor, network: int | None) -> bool:
    """Only the officers of a network plan its needs."""
    return actor.hat == "reseau" and network is not None and network == actor.scope


def can(actor: Actor, verb: str, round: Round) -> bool:
    """Return True when `actor` may take `verb` on this round in its present state."""
    own = actor.hat == "reseau" and round.network_id == actor.scope
    return own and round.workflow.allows(round.state, verb, actor.hat)


def can_plan(actor: Actor, round: Round) -> bool:
    """Only the officers of the network plan, while the round is open."""
    own = actor.hat == "reseau" and round.network_id == actor.scope
    return own and round.state == State.OPEN


def missing_to_plan(round: Round) -> list[str]:
    """Return why the scenarios and the choices of a round no longer change."""
    return [] if round.state == State.OPEN else ["Ce plan n’est plus en préparation."]


def missing_to_add(round: Round) -> list[str]:
    """Return why no other scenario can be added."""
    full = round.scenarios.count() >= SCENARIOS
    return missing_to_plan(round) + (
        [f"Un plan compare {SCENARIOS} scénarios au plus : retirez-en un."] if full else []
    )


def missing_to_adopt(scenario: Scenario) -> list[str]:
    """Return why a plan cannot be adopted: it is not computed, or it places nobody."""
    if scenario.status != Status.DONE or not scenario.plan:
        return ["Ce scénario n’est pas calculé : attendez la fin, ou relancez le calcul."]
    if not scenario.plan["places"]:
        return ["Ce scénario ne place personne."]
    return []
