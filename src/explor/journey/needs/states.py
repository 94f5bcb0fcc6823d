"""The gate of a need in the hands of its association. Its network's verdict is in admissibility."""

from django.db.models import TextChoices

from explor.ground.workflow.table import Transition, Workflow


class State(TextChoices):
    DRAFT = "draft", "brouillon"
    FILED = "filed", "déposé"
    RETURNED = "returned", "à compléter"
    ADMISSIBLE = "admissible", "recevable"
    INADMISSIBLE = "inadmissible", "irrecevable"
    WITHDRAWN = "withdrawn", "retiré"


BEFORE = (State.DRAFT, State.RETURNED)
# What does not count among the needs that a call allows each association.
NOT_COUNTED = (*BEFORE, State.WITHDRAWN, State.INADMISSIBLE)

NEED = Workflow(
    "need",
    State,
    Transition(
        verb="submit",
        sources=(State.DRAFT,),
        target=State.FILED,
        by=("association", "reseau"),
        label="Déposer le besoin",
    ),
    Transition(
        verb="withdraw",
        sources=(*BEFORE, State.FILED, State.ADMISSIBLE),
        target=State.WITHDRAWN,
        by=("association", "reseau"),
        label="Retirer le besoin",
        needs_reason=True,
        danger=True,
    ),
)
