"""The states of a meeting of a committee, and their transitions."""

from django.db.models import TextChoices

from explor.ground.workflow.table import DANGER, REASON, T, Workflow

RESEAU, COMITE = "reseau", "comite"


class MeetingState(TextChoices):
    PLANNED = "planned", "prévue"
    OPEN = "open", "ouverte"
    CLOSED = "closed", "close, à signer"
    SIGNED = "signed", "signée"
    CANCELLED = "cancelled", "annulée"


PLANNED, OPEN, CLOSED = MeetingState.PLANNED, MeetingState.OPEN, MeetingState.CLOSED
SIGNED, CANCELLED = MeetingState.SIGNED, MeetingState.CANCELLED

# A committee has at most one meeting in these states.
CURRENT = (PLANNED, OPEN)

MEETING = Workflow(
    "meeting",
    MeetingState,
    T("start_meeting", PLANNED, OPEN, (RESEAU, COMITE), "Ouvrir la séance"),
    T("end_meeting", OPEN, CLOSED, (RESEAU, COMITE), "Clore la séance"),
    T("sign", CLOSED, SIGNED, COMITE, "Signer le procès-verbal"),
    T("reopen", CLOSED, OPEN, (RESEAU, COMITE), "Rouvrir la séance", REASON),
    T("cancel", PLANNED, CANCELLED, RESEAU, "Annuler la séance", DANGER),
)
