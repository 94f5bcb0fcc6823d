"""The workflow of an incident: open until the network has recorded measures, then closed."""

from django.db.models import TextChoices

from explor.ground.workflow.table import T, Workflow

RESEAU = "reseau"


class State(TextChoices):
    OPEN = "open", "ouvert"
    CLOSED = "closed", "clos"


class Level(TextChoices):
    """How serious an incident is, the least serious first."""

    INFORMATION = "information", "information"
    NUISANCE = "nuisance", "gêne"
    SERIOUS = "serious", "grave"
    EMERGENCY = "emergency", "urgence"


PRESSING = (Level.SERIOUS, Level.EMERGENCY)
TONES = {
    Level.INFORMATION: "neutral",
    Level.NUISANCE: "info",
    Level.SERIOUS: "warn",
    Level.EMERGENCY: "bad",
}

# Without a reason: the words of an incident are never in the journal.
INCIDENT = Workflow(
    "incident",
    State,
    T("close", State.OPEN, State.CLOSED, RESEAU, "Clore le dossier"),
    T("reopen", State.CLOSED, State.OPEN, RESEAU, "Rouvrir le dossier"),
)
