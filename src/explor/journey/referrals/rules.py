"""Permissions on referrals: which network may refer an expert, and who answers."""

from explor.actors.experts.models import Expert
from explor.ground.http.actor import Actor
from explor.journey.needs.models import Need

from .models import Referral

DAYS = 14  # that the expert has to answer


def can(actor: Actor, verb: str, referral: Referral) -> bool:
    """Return True for the expert of the referral, when its state allows `verb`."""
    own = actor.role == "expert" and referral.expert.person_id == actor.person
    return own and referral.workflow.allows(referral.state, verb, actor.role)


def can_refer(actor: Actor, question: tuple[Expert, Need]) -> bool:
    """Return True for a network, if the need of `question` (expert, need) is another network's."""
    return actor.role == "reseau" and question[1].network_id != actor.scope
