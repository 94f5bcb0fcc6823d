"""Workflow of a plan: in preparation, then adopted as a whole or dropped."""

from django.db.models import TextChoices

from explor.ground.workflow.table import DANGER, T, Workflow


class State(TextChoices):
    OPEN = "open", "en préparation"
    ADOPTED = "adopted", "adopté"
    DROPPED = "dropped", "abandonné"


MATCHING_PLAN = Workflow(
    "matching_plan",
    State,
    T("adopt", State.OPEN, State.ADOPTED, "reseau", "Adopter ce plan"),
    T("drop", State.OPEN, State.DROPPED, "reseau", "Abandonner ce plan", DANGER),
)
