"""A file of members is read, shown, made into organisations, and may be undone as a whole."""

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
