"""The gates of the committee: a decision, a session, a request for review."""

from django.db.models import TextChoices

from explor.ground.common.workflow import Transition, Workflow


class State(TextChoices):
    TO_DECIDE = "to_decide", "au comité"
    DECIDED = "decided", "décidé, non annoncé"
    ANNOUNCED = "announced", "annoncé"


# Decided is not announced: two acts at two dates.
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


class SessionState(TextChoices):
    PLANNED = "planned", "prévue"
    OPEN = "open", "ouverte"
    CLOSED = "closed", "close, à signer"
    SIGNED = "signed", "signée"
    CANCELLED = "cancelled", "annulée"


MEETING = (SessionState.PLANNED, SessionState.OPEN)

SESSION = Workflow(
    "session",
    SessionState,
    Transition(
        verb="open",
        sources=(SessionState.PLANNED,),
        target=SessionState.OPEN,
        by=("reseau", "comite"),
        label="Ouvrir la séance",
    ),
    Transition(
        verb="close",
        sources=(SessionState.OPEN,),
        target=SessionState.CLOSED,
        by=("reseau", "comite"),
        label="Clore la séance",
    ),
    Transition(
        verb="sign",
        sources=(SessionState.CLOSED,),
        target=SessionState.SIGNED,
        by=("comite",),
        label="Signer le procès-verbal",
    ),
    Transition(
        verb="reopen",
        sources=(SessionState.CLOSED,),
        target=SessionState.OPEN,
        by=("reseau", "comite"),
        label="Rouvrir la séance",
        needs_reason=True,
    ),
    Transition(
        verb="cancel",
        sources=(SessionState.PLANNED,),
        target=SessionState.CANCELLED,
        by=("reseau",),
        label="Annuler la séance",
        danger=True,
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
