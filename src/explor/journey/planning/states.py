"""A plan is prepared, then adopted as a whole or dropped."""

from django.db.models import TextChoices

from explor.ground.workflow.table import Transition, Workflow


class State(TextChoices):
    OPEN = "open", "en préparation"
    ADOPTED = "adopted", "adopté"
    DROPPED = "dropped", "abandonné"


MATCHING_PLAN = Workflow(
    "matching_plan",
    State,
    Transition(
        verb="adopt",
        sources=(State.OPEN,),
        target=State.ADOPTED,
        by=("reseau",),
        label="Adopter ce plan",
    ),
    Transition(
        verb="drop",
        sources=(State.OPEN,),
        target=State.DROPPED,
        by=("reseau",),
        label="Abandonner ce plan",
        danger=True,
    ),
)
