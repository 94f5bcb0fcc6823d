"""A file of members is read, made and undone as a whole; a transfer waits for three consents."""

from django.db.models import TextChoices

from explor.ground.common.workflow import Transition, Workflow


class FileState(TextChoices):
    MAPPING = "mapping", "colonnes à vérifier"
    READING = "reading", "lecture en cours"
    READ = "read", "à relire"
    MAKING = "making", "inscription en cours"
    MADE = "made", "inscrit"
    UNDONE = "undone", "annulé"
    REFUSED = "refused", "illisible"


MEMBER_IMPORT = Workflow(
    "member_import",
    FileState,
    Transition(
        verb="read",
        sources=(FileState.MAPPING, FileState.READ),
        target=FileState.READING,
        by=("reseau",),
        label="Lire le fichier",
    ),
    Transition(
        verb="show",
        sources=(FileState.READING, FileState.MAKING),
        target=FileState.READ,
        by=("systeme",),
        label="Présenter ce qui est compris",
    ),
    Transition(
        verb="refuse",
        sources=(FileState.READING,),
        target=FileState.REFUSED,
        by=("systeme",),
        label="Refuser un fichier illisible",
    ),
    Transition(
        verb="enrol",
        sources=(FileState.READ,),
        target=FileState.MAKING,
        by=("reseau",),
        label="Inscrire",
    ),
    Transition(
        verb="settle",
        sources=(FileState.MAKING,),
        target=FileState.MADE,
        by=("systeme",),
        label="Terminer",
    ),
    Transition(
        verb="undo",
        sources=(FileState.READ, FileState.MADE),
        target=FileState.UNDONE,
        by=("reseau",),
        label="Annuler tout l’import",
        danger=True,
    ),
)


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
