"""Workflow of a need: submission and withdrawal; `admissibility` adds the verdict."""

from django.db.models import TextChoices

from explor.ground.workflow.table import DANGER, REASON, T, Workflow


class State(TextChoices):
    DRAFT = "draft", "brouillon"
    FILED = "filed", "déposé"
    RETURNED = "returned", "à compléter"
    ADMISSIBLE = "admissible", "recevable"
    INADMISSIBLE = "inadmissible", "irrecevable"
    WITHDRAWN = "withdrawn", "retiré"
    TAKEN_OVER = "taken_over", "repris de l’existant"  # imported with a mission, never filed here


BEFORE = (State.DRAFT, State.RETURNED)
# States not counted in the number of needs that a call allows each association.
NOT_COUNTED = (*BEFORE, State.WITHDRAWN, State.INADMISSIBLE, State.TAKEN_OVER)

BOTH = ("association", "reseau")
ALIVE = (*BEFORE, State.FILED, State.ADMISSIBLE)

NEED = Workflow(
    "need",
    State,
    T("submit", State.DRAFT, State.FILED, BOTH, "Déposer le besoin"),
    T("withdraw", ALIVE, State.WITHDRAWN, BOTH, "Retirer le besoin", REASON, DANGER),
)
