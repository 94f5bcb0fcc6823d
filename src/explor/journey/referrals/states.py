"""Somebody is asked whether another network may see the profile: yes, no, or silence."""

from django.db.models import TextChoices

from explor.ground.common.workflow import Transition, Workflow


class State(TextChoices):
    ASKED = "asked", "demandée"
    ACCEPTED = "accepted", "acceptée"
    DECLINED = "declined", "déclinée"
    EXPIRED = "expired", "restée sans réponse"


REFERRAL = Workflow(
    "referral",
    State,
    Transition(
        verb="accept",
        sources=(State.ASKED,),
        target=State.ACCEPTED,
        by=("expert",),
        label="Ouvrir mon profil à ce réseau",
    ),
    Transition(
        verb="decline",
        sources=(State.ASKED,),
        target=State.DECLINED,
        by=("expert",),
        label="Non, merci",
    ),
    Transition(
        verb="expire",
        sources=(State.ASKED,),
        target=State.EXPIRED,
        by=("systeme",),
        label="Laisser sans suite",
    ),
)
