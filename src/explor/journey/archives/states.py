"""The workflow of a disposal list, from its preparation to the elimination of its papers."""

from django.db.models import TextChoices

from explor.ground.workflow.table import DANGER, REASON, T, Workflow


class State(TextChoices):
    PREPARED = "prepared", "à faire viser"
    ENDORSED = "endorsed", "visé, à éliminer"
    ELIMINATED = "eliminated", "éliminé"
    REFUSED = "refused", "visa refusé, à verser"
    STOPPED = "stopped", "arrêté"


PREPARED, ENDORSED, STOPPED = State.PREPARED, State.ENDORSED, State.STOPPED
OPEN = (PREPARED, ENDORSED)
# The states in which the archives have answered.
ANSWERED = (ENDORSED, State.ELIMINATED, State.REFUSED)

DISPOSAL = Workflow(
    "disposal",
    State,
    T("endorse_disposal", PREPARED, ENDORSED, "reseau", "Enregistrer le visa", DANGER),
    T("refuse_disposal", PREPARED, State.REFUSED, "reseau", "Noter le refus du visa", REASON),
    T("stop_disposal", OPEN, STOPPED, "reseau", "Arrêter ce bordereau", REASON),
    T("eliminate_disposal", ENDORSED, State.ELIMINATED, "systeme", "Éliminer"),
)
