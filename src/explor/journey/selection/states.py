"""The gate of the decision: decided is not announced, two acts at two dates."""

from django.db.models import TextChoices

from explor.ground.common.workflow import Transition, Workflow


class State(TextChoices):
    TO_DECIDE = "to_decide", "au comité"
    DECIDED = "decided", "décidé, non annoncé"
    ANNOUNCED = "announced", "annoncé"


DECISION = Workflow(
    "decision",
    State,
    Transition(
        verb="decide",
        sources=(State.TO_DECIDE, State.DECIDED),
        target=State.DECIDED,
        by=("reseau",),
        label="Enregistrer la décision",
    ),
    Transition(
        verb="announce",
        sources=(State.DECIDED,),
        target=State.ANNOUNCED,
        by=("reseau",),
        label="Annoncer la décision",
    ),
)
