"""The states of a call: drafted, open, closed to filing, ended."""

from django.db.models import TextChoices

from explor.ground.workflow.table import T, Workflow


class State(TextChoices):
    DRAFT = "draft", "en préparation"
    OPEN = "open", "ouvert"
    CLOSED = "closed", "dépôt clos"
    ENDED = "ended", "terminé"


DRAFT, OPEN, CLOSED, ENDED = State.DRAFT, State.OPEN, State.CLOSED, State.ENDED
RESEAU, SYSTEME = "reseau", "systeme"

CALL = Workflow(
    "call",
    State,
    T("open_call", (DRAFT, CLOSED), OPEN, RESEAU, "Ouvrir l’appel"),
    T("close_call", OPEN, CLOSED, (RESEAU, SYSTEME), "Clore le dépôt"),
    T("end_call", CLOSED, ENDED, RESEAU, "Terminer l’appel"),
)
