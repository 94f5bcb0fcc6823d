"""Disposal lists of old papers: their lines, and the papers of each line."""

from django.db import models
from django.db.models import Q

from explor.ground.http.actor import Actor
from explor.ground.workflow.models import WorkflowModel
from explor.journey.budgets.models import PaperKind

from .states import DISPOSAL, ENDORSED, OPEN, State


class Kind(models.TextChoices):
    """The kinds of papers of a mission; each kind is an entry of the register of processing."""

    AGREEMENTS = PaperKind.AGREEMENTS.value, PaperKind.AGREEMENTS.label
    BUDGET = PaperKind.BUDGET.value, PaperKind.BUDGET.label
    REPORTS = "missions", "comptes rendus, évaluations, recommandations et attestations"


class DisposalQuerySet(models.QuerySet["Disposal"]):
    def visible_to(self, actor: Actor) -> "DisposalQuerySet":
        """Return the disposal lists of the network of `actor`; all of them for the system."""
        if actor.role == "reseau":
            return self.filter(network=actor.scope)
        return self if actor.role == "systeme" else self.none()


class Disposal(WorkflowModel):
    """A list of old papers that a public body asks the archives to let it eliminate.

    The list names nobody and is kept for ever, as proof that the elimination was lawful.
    """

    workflow = DISPOSAL
    number_letter = "E"

    network = models.ForeignKey("networks.Network", models.PROTECT, related_name="disposals")
    state = models.CharField("état", max_length=10, choices=State, default=State.PREPARED)
    reference = models.CharField("référence du visa", max_length=120, blank=True)
    endorsed_on = models.DateField("visa du", null=True, blank=True)
    visa = models.ForeignKey(
        "files.Document", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = DisposalQuerySet.as_manager()

    class Meta:
        verbose_name = "bordereau d’élimination"
        verbose_name_plural = "bordereaux d’élimination"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["network"],
                condition=Q(state__in=OPEN),
                name="archives_disposal_open_once",
                violation_error_message="Un bordereau est déjà en cours : finissez-le d’abord.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(ENDORSED, State.ELIMINATED))
                | (~Q(reference="") & Q(endorsed_on__isnull=False, visa__isnull=False)),
                name="archives_disposal_has_visa",
                violation_error_message="Le visa a une référence, un jour et un papier.",
            ),
        ]

    def __str__(self) -> str:
        return f"Bordereau {self.file_number}"


class DisposalLine(models.Model):
    """The papers of one kind, from the missions that ended in one year, in a disposal list.

    `kept` is true when the archives want to keep these papers. `ground` is the retention term with
    its legal texts, as on the day of the list.
    """

    disposal = models.ForeignKey(Disposal, models.CASCADE, related_name="lines")
    kind = models.CharField("nature", max_length=12, choices=Kind)
    year = models.PositiveSmallIntegerField("fin des missions")
    papers = models.PositiveIntegerField("pièces")
    size = models.PositiveBigIntegerField("taille des fichiers")
    first_on = models.DateField("première pièce du")
    last_on = models.DateField("dernière pièce du")
    ground = models.TextField("fondement")
    kept = models.BooleanField("à verser aux archives", default=False)

    class Meta:
        verbose_name = "ligne d’un bordereau"
        verbose_name_plural = "lignes d’un bordereau"
        ordering = ["year", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["disposal", "kind", "year"],
                name="archives_line_once",
                violation_error_message="Cette ligne est déjà au bordereau.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.year})"


class DisposalItem(models.Model):
    """The papers of one mission in a line of a disposal list.

    `papers` names their rows as `label:pk`, the label being that of the Django model.
    """

    line = models.ForeignKey(DisposalLine, models.CASCADE, related_name="items")
    mission = models.ForeignKey("missions.Mission", models.PROTECT, related_name="+")
    papers = models.JSONField("pièces", default=list)
    erased_at = models.DateTimeField("éliminées le", null=True, blank=True)

    class Meta:
        verbose_name = "dossier d’un bordereau"
        verbose_name_plural = "dossiers d’un bordereau"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "mission"],
                name="archives_item_once",
                violation_error_message="Ce dossier est déjà sur cette ligne.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.line} : {self.mission_id}"
