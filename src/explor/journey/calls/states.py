"""A call is drafted, opened, closed to filing, then ended."""

from django.db.models import TextChoices

from explor.ground.workflow.table import Transition, Workflow


class State(TextChoices):
    DRAFT = "draft", "en préparation"
    OPEN = "open", "ouvert"
    CLOSED = "closed", "dépôt clos"
    ENDED = "ended", "terminé"


CALL = Workflow(
    "call",
    State,
    Transition(
        verb="open",
        sources=(State.DRAFT, State.CLOSED),
        target=State.OPEN,
        by=("reseau",),
        label="Ouvrir l’appel",
    ),
    Transition(
        verb="close",
        sources=(State.OPEN,),
        target=State.CLOSED,
        by=("reseau", "systeme"),
        label="Clore le dépôt",
    ),
    Transition(
        verb="end",
        sources=(State.CLOSED,),
        target=State.ENDED,
        by=("reseau",),
        label="Terminer l’appel",
    ),
)
