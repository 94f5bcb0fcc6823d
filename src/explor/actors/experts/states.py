"""A profile is drafted, then offered; its owner may rest it, and it sleeps when nobody confirms."""

from django.db.models import TextChoices

from explor.ground.workflow.table import Transition, Workflow


class State(TextChoices):
    DRAFT = "draft", "à compléter"
    AVAILABLE = "available", "disponible"
    RESTING = "resting", "en pause"


PROFILE = Workflow(
    "profile",
    State,
    Transition(
        verb="offer",
        sources=(State.DRAFT, State.RESTING),
        target=State.AVAILABLE,
        by=("expert", "reseau"),
        label="Proposer mon expertise",
    ),
    Transition(
        verb="rest",
        sources=(State.AVAILABLE,),
        target=State.RESTING,
        by=("expert", "reseau"),
        label="Mettre en pause",
    ),
)
