"""The triple yes: expert, association and employer, each with a clock; silence releases."""

from django.db.models import TextChoices

from explor.ground.workflow.table import Transition, Workflow


class State(TextChoices):
    PROPOSED = "proposed", "proposée"
    AGREED = "agreed", "acceptée par les trois"
    DECLINED = "declined", "déclinée"
    LAPSED = "lapsed", "restée sans réponse"
    LOST = "lost", "expertise perdue"
    RECALLED = "recalled", "reprise par le réseau"
    FREED = "freed", "libérée, mission annulée"


PARTIES = ("expert", "association", "employeur")
HOLDING = (State.PROPOSED, State.AGREED)  # those that take a seat of their need

INTRODUCTION = Workflow(
    "proposal",
    State,
    Transition(
        verb="accept",
        sources=(State.PROPOSED,),
        target=State.PROPOSED,
        by=(*PARTIES, "reseau"),
        label="Accepter",
    ),
    Transition(
        verb="agree",
        sources=(State.PROPOSED,),
        target=State.AGREED,
        by=(*PARTIES, "reseau"),
        label="Constater les trois oui",
    ),
    Transition(
        verb="decline",
        sources=(State.PROPOSED,),
        target=State.DECLINED,
        by=(*PARTIES, "reseau"),
        label="Décliner",
        needs_reason=True,
        danger=True,
    ),
    Transition(
        verb="lapse",
        sources=(State.PROPOSED,),
        target=State.LAPSED,
        by=("systeme",),
        label="Libérer sans réponse",
    ),
    Transition(
        verb="recall",
        sources=(State.PROPOSED,),
        target=State.RECALLED,
        by=("reseau",),
        label="Reprendre la proposition",
        needs_reason=True,
        danger=True,
    ),
    Transition(
        verb="lose",
        sources=(State.AGREED,),
        target=State.LOST,
        by=("expert", "reseau", "systeme"),
        label="Signaler un désistement",
        needs_reason=True,
        danger=True,
    ),
    Transition(
        verb="free",
        sources=(State.AGREED,),
        target=State.FREED,
        by=("reseau", "systeme"),
        label="Libérer la personne et la place",
        needs_reason=True,
    ),
)
