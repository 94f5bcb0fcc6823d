"""The verdict of a network on a need: transitions between the states of the need."""

from explor.ground.workflow.table import DANGER, REASON, T, Workflow
from explor.journey.needs.states import State

FILED, RETURNED, ADMISSIBLE = State.FILED, State.RETURNED, State.ADMISSIBLE
REFUSABLE, INADMISSIBLE = (FILED, RETURNED), State.INADMISSIBLE
ASSOCIATION, RESEAU = "association", "reseau"

VERDICT = Workflow(
    "verdict",
    State,
    T("accept", FILED, ADMISSIBLE, RESEAU, "Déclarer recevable"),
    T("request_changes", FILED, RETURNED, RESEAU, "Renvoyer à compléter", REASON),
    T("reject", REFUSABLE, INADMISSIBLE, RESEAU, "Déclarer irrecevable", REASON, DANGER),
    T("resubmit", RETURNED, FILED, (ASSOCIATION, RESEAU), "Rendre les compléments"),
)
