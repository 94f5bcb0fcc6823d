"""An imported file and its lines; each kind of import has its own two tables."""

from typing import Any, Self

from django.db import models
from django.db.models import Count, Q

from explor.ground.workflow.models import WorkflowModel

WANTED = Q(duplicate="") | Q(keep=True, certain=False)


class ImportedFile(WorkflowModel):
    """A file imported as one; its import can be stopped, resumed and undone.

    The subclass declares `state` with its own labels, and who owns the file. The stored file and
    the preview go as soon as the import is made, refused or undone: they hold columns that nobody
    chose.
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
        """What the file holds, in a word or two for its reader."""
        raise NotImplementedError


class ImportedLineQuerySet(models.QuerySet[Any]):
    """Lines of a file, by what became of them."""

    def to_make(self) -> Self:
        """Return the lines understood and not made; a likely duplicate only when kept."""
        return self.filter(WANTED, made=False, content__isnull=False)

    def counts(self, **more: Any) -> dict[str, int]:
        """Return how many lines are read, made, to make, duplicates and refused; and `more`."""
        return self.aggregate(
            read=Count("pk"),
            done=Count("pk", filter=Q(made=True)),
            to_make=Count("pk", filter=WANTED & Q(made=False, content__isnull=False)),
            duplicates=Count("pk", filter=~Q(duplicate="") & Q(made=False, keep=False)),
            refused=Count("pk", filter=Q(content__isnull=True)),
            **more,
        )


class ImportedLine(models.Model):
    """What was understood of one line; the subclass declares `batch`, its file, and `objects`.

    `content` is None when nothing could be made of the line. `duplicate` says why the line seems
    to be something that exists already; `certain` forbids to make it all the same.
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
