"""Workflows of a project sheet and of an import of sheets: states and roles."""

from django.db.models import TextChoices

from explor.ground.imports.states import import_workflow
from explor.ground.workflow.table import DANGER, REASON, T, Workflow

RESEAU, ASSOCIATION = "reseau", "association"
ADMINISTRATION, SYSTEME = "administration", "systeme"


class State(TextChoices):
    DRAFT = "draft", "à relire"
    PUBLISHED = "published", "publiée"
    WITHDRAWN = "withdrawn", "retirée"


DRAFT, PUBLISHED, WITHDRAWN = State.DRAFT, State.PUBLISHED, State.WITHDRAWN
HIDDEN = (DRAFT, WITHDRAWN)
KEEPERS = (RESEAU, ADMINISTRATION)
PUBLISHERS = (*KEEPERS, SYSTEME)
CONFIRMERS = (*KEEPERS, ASSOCIATION)
LABEL_CONFIRM = "Confirmer que la fiche est à jour"
LABEL_PLAN = "Choisir la date de publication"

SHEET = Workflow(
    "sheet",
    State,
    T("publish", HIDDEN, PUBLISHED, PUBLISHERS, "Publier la fiche"),
    T("confirm", PUBLISHED, PUBLISHED, CONFIRMERS, LABEL_CONFIRM),
    T("approve", DRAFT, DRAFT, ASSOCIATION, "Valider la fiche"),
    T("plan", HIDDEN, DRAFT, RESEAU, LABEL_PLAN),
    T("withdraw", PUBLISHED, WITHDRAWN, KEEPERS, "Retirer la fiche", REASON, DANGER),
)  # fmt: skip


class SheetImportState(TextChoices):
    MAPPING = "mapping", "à préparer"
    READING = "reading", "lecture en cours"
    READ = "read", "lu, à relire"
    MAKING = "making", "création en cours"
    MADE = "made", "fiches créées"
    UNDONE = "undone", "annulé"
    REFUSED = "refused", "illisible"


SHEET_IMPORT = import_workflow(
    "sheet_import", SheetImportState, by=(RESEAU,), make_label="Créer les fiches"
)
