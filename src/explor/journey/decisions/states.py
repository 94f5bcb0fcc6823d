"""The states of a decision and of a request for review, and what leads from one to another."""

from django.db.models import TextChoices

from explor.ground.workflow.table import Transition, Workflow


class State(TextChoices):
    TO_DECIDE = "to_decide", "au comité"
    DECIDED = "decided", "décidé, non annoncé"
    ANNOUNCED = "announced", "annoncé"


# A decision is taken, then announced: two acts at two dates.
DECISION = Workflow(
    "decision",
    State,
    Transition(
        verb="decide",
        sources=(State.TO_DECIDE, State.DECIDED),
        target=State.DECIDED,
        by=("reseau", "comite"),
        label="Enregistrer la décision",
    ),
    Transition(
        verb="schedule",
        sources=(State.DECIDED,),
        target=State.DECIDED,
        by=("reseau",),
        label="Programmer l’annonce",
    ),
    Transition(
        verb="hold",
        sources=(State.DECIDED,),
        target=State.DECIDED,
        by=("reseau", "systeme"),
        label="Retenir la lettre",
    ),
    Transition(
        verb="announce",
        sources=(State.DECIDED,),
        target=State.ANNOUNCED,
        by=("reseau", "systeme"),
        label="Annoncer la décision",
    ),
    Transition(
        verb="reconsider",
        sources=(State.ANNOUNCED,),
        target=State.TO_DECIDE,
        by=("reseau",),
        label="Remettre au comité",
        needs_reason=True,
    ),
)


class AppealState(TextChoices):
    ASKED = "asked", "à examiner"
    GRANTED = "granted", "acceptée"
    REJECTED = "rejected", "rejetée"


APPEAL = Workflow(
    "appeal",
    AppealState,
    Transition(
        verb="grant",
        sources=(AppealState.ASKED,),
        target=AppealState.GRANTED,
        by=("reseau",),
        label="Remettre le dossier au comité",
        needs_reason=True,
    ),
    Transition(
        verb="dismiss",
        sources=(AppealState.ASKED,),
        target=AppealState.REJECTED,
        by=("reseau",),
        label="Maintenir la décision",
        needs_reason=True,
        danger=True,
    ),
)
