"""The workflow of a profile: draft, offered to networks, or paused."""

from django.db.models import TextChoices

from explor.ground.workflow.table import T, Workflow


class State(TextChoices):
    DRAFT = "draft", "à compléter"
    AVAILABLE = "available", "disponible"
    RESTING = "resting", "en pause"


KEEPERS = ("expert", "reseau")

PROFILE = Workflow(
    "profile",
    State,
    T("offer", (State.DRAFT, State.RESTING), State.AVAILABLE, KEEPERS, "Proposer mon expertise"),
    T("rest", State.AVAILABLE, State.RESTING, KEEPERS, "Mettre en pause"),
)
