"""Imported files of sheets: the parsed content of each line, and the draft created from it."""

from django.db import models

from explor.ground.http.actor import Actor
from explor.ground.imports.models import ImportedFile, ImportedLine, ImportedLineQuerySet

from ..states import SHEET_IMPORT, SheetImportState
from .sheets import ProjectSheet


class SheetImportQuerySet(models.QuerySet["SheetImport"]):
    def visible_to(self, actor: Actor) -> "SheetImportQuerySet":
        """Keep the imports that `actor` may see: a network its imports, any other role none."""
        return self.filter(network=actor.scope) if actor.role == "reseau" else self.none()


class SheetImport(ImportedFile):
    """An imported file with one or several sheets."""

    class Kind(models.TextChoices):
        MARKDOWN = "markdown", "fiche en Markdown"
        HTML = "html", "page web"
        TABLE = "table", "tableau"
        JSON = "json", "fiches en JSON"
        IATI = "iati", "fichier IATI"

    workflow = SHEET_IMPORT

    network = models.ForeignKey("networks.Network", models.PROTECT, related_name="sheet_imports")
    state = models.CharField(
        "état", max_length=10, choices=SheetImportState, default=SheetImportState.MAPPING
    )
    kind = models.CharField("sorte", max_length=10, choices=Kind)

    objects = SheetImportQuerySet.as_manager()

    class Meta(ImportedFile.Meta):
        abstract = False
        verbose_name = "import de fiches"
        verbose_name_plural = "imports de fiches"

    @property
    def sort(self) -> str:
        return str(self.get_kind_display())


class ImportLine(ImportedLine):
    """The parsed content of one line of the file, and the draft created from it."""

    batch = models.ForeignKey(SheetImport, models.CASCADE, related_name="lines")
    fields = models.JSONField("rubriques", default=list, blank=True)
    notes = models.JSONField("remarques", default=list, blank=True)
    source_id = models.CharField(
        "identifiant dans le fichier d’origine",
        max_length=200,
        blank=True,
        default="",
        db_default="",
    )
    sheet = models.OneToOneField(
        ProjectSheet, models.SET_NULL, null=True, blank=True, related_name="import_line"
    )

    objects = ImportedLineQuerySet.as_manager()

    class Meta(ImportedLine.Meta):
        abstract = False
        verbose_name = "ligne importée"
        verbose_name_plural = "lignes importées"
