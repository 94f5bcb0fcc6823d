"""A transfer waits for the consent of the organisation and of both networks."""

from django.db.models import TextChoices

from explor.ground.workflow.table import Transition, Workflow


class TransferState(TextChoices):
    OPEN = "open", "en attente des accords"
    DONE = "done", "fait"
    DECLINED = "declined", "refusé"
    OFF = "off", "abandonné"


PARTIES = ("association", "employeur", "reseau")

TRANSFER = Workflow(
    "transfer",
    TransferState,
    Transition(
        verb="consent",
        sources=(TransferState.OPEN,),
        target=TransferState.OPEN,
        by=PARTIES,
        label="Donner son accord",
    ),
    Transition(
        verb="move",
        sources=(TransferState.OPEN,),
        target=TransferState.DONE,
        by=("systeme",),
        label="Faire le transfert",
    ),
    Transition(
        verb="turn_down",
        sources=(TransferState.OPEN,),
        target=TransferState.DECLINED,
        by=PARTIES,
        label="Refuser le transfert",
        needs_reason=True,
        danger=True,
    ),
    Transition(
        verb="call_off",
        sources=(TransferState.OPEN,),
        target=TransferState.OFF,
        by=PARTIES,
        label="Abandonner la demande",
    ),
)
