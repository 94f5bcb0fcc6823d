"""Who may be asked, by whom, and who answers."""

from explor.ground.common.actor import Actor

from .models import Referral

DAYS = 14  # left to the expert to answer


def can(actor: Actor, verb: str, referral: Referral) -> bool:
    """Only the expert answers."""
    own = actor.hat == "expert" and referral.expert.person_id == actor.person
    return own and referral.workflow.allows(referral.state, verb, actor.hat)
