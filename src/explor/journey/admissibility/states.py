"""The verdict of a network on a need: the verbs that this capability owns on the need's states."""

from explor.ground.workflow.table import Transition, Workflow
from explor.journey.needs.states import State

VERDICT = Workflow(
    "verdict",
    State,
    Transition(
        verb="accept",
        sources=(State.FILED,),
        target=State.ADMISSIBLE,
        by=("reseau",),
        label="Déclarer recevable",
    ),
    Transition(
        verb="request_changes",
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
        verb="resubmit",
        sources=(State.RETURNED,),
        target=State.FILED,
        by=("association", "reseau"),
        label="Rendre les compléments",
    ),
)
