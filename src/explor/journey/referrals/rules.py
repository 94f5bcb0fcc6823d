"""Who may be asked, by whom, and who answers."""

from explor.actors.experts.models import Expert
from explor.ground.http.actor import Actor
from explor.journey.needs.models import Need

from .models import Referral

DAYS = 14  # left to the expert to answer


def can(actor: Actor, verb: str, referral: Referral) -> bool:
    """Return True for the expert, who alone answers."""
    own = actor.role == "expert" and referral.expert.person_id == actor.person
    return own and referral.workflow.allows(referral.state, verb, actor.role)


def can_refer(actor: Actor, question: tuple[Expert, Need]) -> bool:
    """Let a network ask its experts, for a need of another network."""
    return actor.role == "reseau" and question[1].network_id != actor.scope
