"""Sheets brought in together: a file, its lines, and what became of each."""

from typing import Any

from django.db import models

from explor.ground.common.actor import Actor
from explor.ground.common.models import Gated
from explor.journey.sheets.models import ProjectSheet

from ..states import IMPORT, ImportState


class SheetImportQuerySet(models.QuerySet["SheetImport"]):
    def visible_to(self, actor: Actor) -> "SheetImportQuerySet":
        """A network sees its own."""
        return self.filter(network=actor.scope) if actor.hat == "reseau" else self.none()


class SheetImport(Gated):
    """A file read as a whole; it can be stopped, resumed and undone."""

    class Kind(models.TextChoices):
        MARKDOWN = "markdown", "fiche en Markdown"
        HTML = "html", "page web"
        TABLE = "table", "tableau"
        JSON = "json", "fiches en JSON"
        IATI = "iati", "fichier IATI"

    workflow = IMPORT

    network = models.ForeignKey("networks.Network", models.PROTECT, related_name="sheet_imports")
    state = models.CharField(
        "état", max_length=10, choices=ImportState, default=ImportState.MAPPING
    )
    kind = models.CharField("sorte", max_length=10, choices=Kind)
    name = models.CharField("nom du fichier", max_length=200)
    file = models.FileField("fichier", upload_to="imports/%Y/%m", max_length=120)
    mapping = models.JSONField("colonnes", default=dict, blank=True)
    notes = models.JSONField("remarques", default=list, blank=True)
    total = models.PositiveIntegerField("lignes", null=True, blank=True)
    stop_asked = models.BooleanField("arrêt demandé", default=False)

    objects = SheetImportQuerySet.as_manager()

    class Meta:
        verbose_name = "import de fiches"
        verbose_name_plural = "imports de fiches"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def chosen(self) -> dict[str, str]:
        """The field of each column of a table, as chosen or else as guessed."""
        return dict(self.mapping.get("chosen", self.mapping.get("guessed", {})))


class ImportLineQuerySet(models.QuerySet["ImportLine"]):
    def to_make(self) -> "ImportLineQuerySet":
        """Understood, and not yet a sheet; a likely double only if asked for."""
        wanted = models.Q(twin=None) | models.Q(keep=True)
        return self.filter(wanted, sheet=None, content__isnull=False)


class ImportLine(models.Model):
    """What was understood of one line, and the draft it became."""

    batch = models.ForeignKey(SheetImport, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField("ligne")
    title = models.CharField("titre", max_length=250)
    content: Any = models.JSONField("fiche", null=True, blank=True)
    fields = models.JSONField("rubriques", default=list, blank=True)
    notes = models.JSONField("remarques", default=list, blank=True)
    twin = models.ForeignKey(ProjectSheet, models.SET_NULL, null=True, blank=True, related_name="+")
    keep = models.BooleanField("à créer quand même", default=False)
    sheet = models.OneToOneField(
        ProjectSheet, models.SET_NULL, null=True, blank=True, related_name="import_line"
    )

    objects = ImportLineQuerySet.as_manager()

    class Meta:
        verbose_name = "ligne importée"
        verbose_name_plural = "lignes importées"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "number"],
                name="directory_import_line_once",
                violation_error_message="Cette ligne est déjà lue.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"
