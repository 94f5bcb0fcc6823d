"""The gate of a need: from the association's draft to the network's word on admissibility."""

from django.db.models import TextChoices

from explor.ground.common.workflow import Transition, Workflow


class State(TextChoices):
    DRAFT = "draft", "brouillon"
    FILED = "filed", "déposé"
    RETURNED = "returned", "à compléter"
    ADMISSIBLE = "admissible", "recevable"
    INADMISSIBLE = "inadmissible", "irrecevable"
    WITHDRAWN = "withdrawn", "retiré"


BEFORE = (State.DRAFT, State.RETURNED)

NEED = Workflow(
    "need",
    State,
    Transition(
        verb="file",
        sources=BEFORE,
        target=State.FILED,
        by=("association", "reseau"),
        label="Déposer le besoin",
    ),
    Transition(
        verb="admit",
        sources=(State.FILED,),
        target=State.ADMISSIBLE,
        by=("reseau",),
        label="Déclarer recevable",
    ),
    Transition(
        verb="send_back",
        sources=(State.FILED,),
        target=State.RETURNED,
        by=("reseau",),
        label="Renvoyer à compléter",
        needs_reason=True,
    ),
    Transition(
        verb="reject",
        sources=(State.FILED, State.RETURNED),
        target=State.INADMISSIBLE,
        by=("reseau",),
        label="Déclarer irrecevable",
        needs_reason=True,
        danger=True,
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
