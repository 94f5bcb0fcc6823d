"""States of a file of sheets brought in: read, made, undone."""

from django.db.models import TextChoices

from explor.ground.common.workflow import Transition, Workflow


class ImportState(TextChoices):
    MAPPING = "mapping", "à préparer"
    READING = "reading", "lecture en cours"
    READ = "read", "lu, à relire"
    MAKING = "making", "création en cours"
    MADE = "made", "fiches créées"
    UNDONE = "undone", "annulé"
    REFUSED = "refused", "illisible"


IMPORT = Workflow(
    "sheet_import",
    ImportState,
    Transition(
        verb="read",
        sources=(ImportState.MAPPING, ImportState.READ),
        target=ImportState.READING,
        by=("reseau",),
        label="Lire le fichier",
    ),
    Transition(
        verb="show",
        sources=(ImportState.READING, ImportState.MAKING),
        target=ImportState.READ,
        by=("systeme",),
        label="Présenter ce qui est compris",
    ),
    Transition(
        verb="refuse",
        sources=(ImportState.READING,),
        target=ImportState.REFUSED,
        by=("systeme",),
        label="Refuser un fichier illisible",
    ),
    Transition(
        verb="make",
        sources=(ImportState.READ,),
        target=ImportState.MAKING,
        by=("reseau",),
        label="Créer les fiches",
    ),
    Transition(
        verb="finish",
        sources=(ImportState.MAKING,),
        target=ImportState.MADE,
        by=("systeme",),
        label="Terminer",
    ),
    Transition(
        verb="undo",
        sources=(ImportState.MADE, ImportState.READ),
        target=ImportState.UNDONE,
        by=("reseau",),
        label="Annuler tout l’import",
        danger=True,
    ),
)
