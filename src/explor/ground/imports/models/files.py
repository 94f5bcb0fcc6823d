"""Abstract models of an imported file and of its lines, with two tables for each import kind."""

from typing import Any, Self

from django.db import models
from django.db.models import Count, Q

from explor.ground.workflow.models import WorkflowModel

WANTED = Q(duplicate="") | Q(keep=True, certain=False)


class ImportedFile(WorkflowModel):
    """An imported file; its import can be stopped, resumed and undone.

    The subclass declares `state` with its own labels, and the owner of the file. For privacy, the
    stored file and the preview are erased once the import is finished, refused or undone: they also
    contain columns that nobody chose to import.
    """

    name = models.CharField("nom du fichier", max_length=200)
    file = models.FileField("fichier", upload_to="imports/%Y/%m", max_length=120)
    columns = models.JSONField("colonnes", default=list, blank=True)
    preview = models.JSONField("premières lignes", default=list, blank=True)
    chosen = models.JSONField("colonnes choisies", default=dict, blank=True)
    note = models.TextField("remarque", blank=True)
    total = models.PositiveIntegerField("lignes", null=True, blank=True)
    stop_requested = models.BooleanField("arrêt demandé", default=False)

    class Meta:
        abstract = True
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def sort(self) -> str:
        """Return in French what the file contains (sheets, experts...); subclasses define it."""
        raise NotImplementedError


class ImportedLineQuerySet(models.QuerySet[Any]):
    """Lines of an imported file, filtered or counted by their outcome."""

    def to_make(self) -> Self:
        """Filter the lines left to import: valid, not imported yet, and no likely duplicate.

        A likely duplicate is included if a user chose to import it anyway (`keep`).
        """
        return self.filter(WANTED, made=False, content__isnull=False)

    def counts(self, **more: Any) -> dict[str, int]:
        """Return the numbers of lines by outcome: `read` counts all lines, `done` those imported.

        `to_make` counts the lines of the method `to_make`, `duplicates` the usable duplicates
        neither kept nor imported, and `refused` the unusable lines. `more` adds aggregates, by
        their key in the result.
        """
        return self.aggregate(
            read=Count("pk"),
            done=Count("pk", filter=Q(made=True)),
            to_make=Count("pk", filter=WANTED & Q(made=False, content__isnull=False)),
            duplicates=Count(
                "pk",
                filter=~Q(duplicate="") & Q(made=False, keep=False, content__isnull=False),
            ),
            refused=Count("pk", filter=Q(content__isnull=True)),
            **more,
        )


class ImportedLine(models.Model):
    """One parsed line of a file; the subclass declares `batch`, the imported file, and `objects`.

    `content` is None when the line cannot be used. `duplicate` is the reason why the line seems to
    be a record that already exists, "" if none; when it is `certain`, the user cannot import the
    line anyway. When the database refused the line, `content` is None and `duplicate` says why.
    """

    number = models.PositiveIntegerField("ligne")
    title = models.CharField("nom", max_length=250)
    content: Any = models.JSONField("contenu", null=True, blank=True)
    duplicate = models.CharField("double", max_length=300, blank=True)
    certain = models.BooleanField("double certain", default=False)
    keep = models.BooleanField("à reprendre quand même", default=False)
    made = models.BooleanField("faite", default=False)

    class Meta:
        abstract = True
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "number"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Cette ligne est déjà lue.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"
