"""The states of a meeting of a committee, and what leads from one to another."""

from django.db.models import TextChoices

from explor.ground.workflow.table import Transition, Workflow


class MeetingState(TextChoices):
    PLANNED = "planned", "prévue"
    OPEN = "open", "ouverte"
    CLOSED = "closed", "close, à signer"
    SIGNED = "signed", "signée"
    CANCELLED = "cancelled", "annulée"


# A committee has one meeting in these states at most.
CURRENT = (MeetingState.PLANNED, MeetingState.OPEN)

MEETING = Workflow(
    "meeting",
    MeetingState,
    Transition(
        verb="start_meeting",
        sources=(MeetingState.PLANNED,),
        target=MeetingState.OPEN,
        by=("reseau", "comite"),
        label="Ouvrir la séance",
    ),
    Transition(
        verb="end_meeting",
        sources=(MeetingState.OPEN,),
        target=MeetingState.CLOSED,
        by=("reseau", "comite"),
        label="Clore la séance",
    ),
    Transition(
        verb="sign",
        sources=(MeetingState.CLOSED,),
        target=MeetingState.SIGNED,
        by=("comite",),
        label="Signer le procès-verbal",
    ),
    Transition(
        verb="reopen",
        sources=(MeetingState.CLOSED,),
        target=MeetingState.OPEN,
        by=("reseau", "comite"),
        label="Rouvrir la séance",
        needs_reason=True,
    ),
    Transition(
        verb="cancel",
        sources=(MeetingState.PLANNED,),
        target=MeetingState.CANCELLED,
        by=("reseau",),
        label="Annuler la séance",
        danger=True,
    ),
)
