"""The workflow of a transfer: the organisation and both networks must consent."""

from django.db.models import TextChoices

from explor.ground.workflow.table import DANGER, REASON, T, Workflow


class TransferState(TextChoices):
    OPEN = "open", "en attente des accords"
    DONE = "done", "fait"
    DECLINED = "declined", "refusé"
    OFF = "off", "abandonné"


OPEN, DONE = TransferState.OPEN, TransferState.DONE
DECLINED, OFF = TransferState.DECLINED, TransferState.OFF
PARTIES = ("association", "employeur", "reseau")

TRANSFER = Workflow(
    "transfer",
    TransferState,
    T("consent", OPEN, OPEN, PARTIES, "Donner son accord"),
    T("move", OPEN, DONE, "systeme", "Faire le transfert"),
    T("turn_down", OPEN, DECLINED, PARTIES, "Refuser le transfert", REASON, DANGER),
    T("call_off", OPEN, OFF, PARTIES, "Abandonner la demande"),
)
