"""A sheet is drafted, published, withdrawn; a file of sheets is read, made, undone."""

from django.db.models import TextChoices

from explor.ground.imports.states import import_workflow
from explor.ground.workflow.table import Transition, Workflow


class State(TextChoices):
    DRAFT = "draft", "à relire"
    PUBLISHED = "published", "publiée"
    WITHDRAWN = "withdrawn", "retirée"


SHEET = Workflow(
    "sheet",
    State,
    Transition(
        verb="publish",
        sources=(State.DRAFT, State.WITHDRAWN),
        target=State.PUBLISHED,
        by=("reseau", "administration", "systeme"),
        label="Publier la fiche",
    ),
    Transition(
        verb="confirm",
        sources=(State.PUBLISHED,),
        target=State.PUBLISHED,
        by=("reseau", "association", "administration"),
        label="Confirmer que la fiche est à jour",
    ),
    Transition(
        verb="approve",
        sources=(State.DRAFT,),
        target=State.DRAFT,
        by=("association",),
        label="Valider la fiche",
    ),
    Transition(
        verb="plan",
        sources=(State.DRAFT, State.WITHDRAWN),
        target=State.DRAFT,
        by=("reseau",),
        label="Choisir la date de publication",
    ),
    Transition(
        verb="withdraw",
        sources=(State.PUBLISHED,),
        target=State.WITHDRAWN,
        by=("reseau", "administration"),
        label="Retirer la fiche",
        needs_reason=True,
        danger=True,
    ),
)


class SheetImportState(TextChoices):
    MAPPING = "mapping", "à préparer"
    READING = "reading", "lecture en cours"
    READ = "read", "lu, à relire"
    MAKING = "making", "création en cours"
    MADE = "made", "fiches créées"
    UNDONE = "undone", "annulé"
    REFUSED = "refused", "illisible"


SHEET_IMPORT = import_workflow(
    "sheet_import", SheetImportState, by=("reseau",), make_label="Créer les fiches"
)
