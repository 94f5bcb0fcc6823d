"""Project sheets, with their former addresses and their photographs."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse

from explor.ground.http.actor import Actor
from explor.ground.workflow.models import WorkflowModel

from ..states import SHEET, State


class ProjectSheetQuerySet(models.QuerySet["ProjectSheet"]):
    def visible_to(self, actor: Actor) -> "ProjectSheetQuerySet":
        """Keep the sheets that `actor` may see.

        Anyone sees the published sheets; a network and an association also see their own sheets,
        the administration and the system all sheets.
        """
        if actor.role == "reseau":
            return self.filter(models.Q(state=State.PUBLISHED) | models.Q(network=actor.scope))
        if actor.role == "association":
            own = models.Q(project__association=actor.scope)
            return self.filter(models.Q(state=State.PUBLISHED) | own)
        if actor.role in ("administration", "systeme"):
            return self
        return self.published()

    def owned_by(self, actor: Actor) -> "ProjectSheetQuerySet":
        """Return the sheets of the actor's own network or association, whatever their state."""
        if actor.role == "reseau":
            return self.filter(network=actor.scope)
        if actor.role == "association":
            return self.filter(project__association=actor.scope)
        return self.none()

    def published(self) -> "ProjectSheetQuerySet":
        """Return the published sheets, which anyone may read."""
        return self.filter(state=State.PUBLISHED)


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    fields=["state", "content", "missions"],
    model_name="SheetVersion",
    obj_field=pghistory.ObjForeignKey(related_name="versions"),
    meta={"verbose_name": "version d’une fiche", "ordering": ["-pgh_id"]},
)
class ProjectSheet(WorkflowModel):
    """The public sheet of one project.

    `content` holds every field as JSON; the other columns copy what lists and search query.
    `engine.columns_of` computes the text and array columns.
    """

    workflow = SHEET
    number_letter = "F"

    project = models.OneToOneField(
        "projects.Project", models.SET_NULL, null=True, blank=True, related_name="sheet"
    )
    network = models.ForeignKey(
        "networks.Network", models.PROTECT, null=True, blank=True, related_name="sheets"
    )
    slug = models.SlugField(
        "fin de l’adresse",
        max_length=120,
        unique=True,
        help_text="Lettres sans accent, chiffres et tirets. L’ancienne adresse continuera de mener "
        "à la fiche.",
    )
    state = models.CharField("état", max_length=10, choices=State, default=State.DRAFT)
    content = models.JSONField("fiche", default=dict)
    missions = models.JSONField("missions", default=list, blank=True)
    title = models.CharField("titre", max_length=250)
    lead_organisation = models.CharField("porteur du projet", max_length=200, blank=True)
    locality = models.CharField("localité", max_length=200, blank=True)
    countries = ArrayField(models.CharField(max_length=2), verbose_name="pays", default=list)
    sectors = ArrayField(models.CharField(max_length=10), verbose_name="secteurs", default=list)
    zones = ArrayField(models.CharField(max_length=10), verbose_name="zones", default=list)
    funders = ArrayField(models.CharField(max_length=200), verbose_name="financeurs", default=list)
    structures = ArrayField(
        models.CharField(max_length=30), verbose_name="types de structure", default=list
    )
    department = models.CharField("département du porteur", max_length=3, blank=True)
    sdgs = ArrayField(models.PositiveSmallIntegerField(), verbose_name="ODD", default=list)
    year = models.PositiveSmallIntegerField("année de début", null=True, blank=True)
    start_on = models.DateField("début au plus tôt", null=True, blank=True)
    end_on = models.DateField("fin au plus tard", null=True, blank=True)
    declared = models.CharField("statut déclaré", max_length=20, blank=True)
    title_key = models.CharField("titre, pour le rang", max_length=250, blank=True)
    names = models.TextField("noms et libellés", blank=True)
    purpose = models.TextField("objectifs", blank=True)
    rest = models.TextField("autres textes", blank=True)
    published_at = models.DateTimeField("publiée le", null=True, blank=True)
    confirmed_on = models.DateField("confirmée le", null=True, blank=True)
    approved_on = models.DateField("validée par l’association le", null=True, blank=True)
    publish_on = models.DateField("à publier le", null=True, blank=True)
    reminded_on = models.DateField("rappelée le", null=True, blank=True)
    sources = models.JSONField("origine des champs", default=dict, blank=True)
    source_id = models.CharField(
        "identifiant dans le fichier d’origine",
        max_length=200,
        blank=True,
        default="",
        db_default="",
    )
    objects = ProjectSheetQuerySet.as_manager()

    class Meta:
        verbose_name = "fiche projet"
        verbose_name_plural = "fiches projet"
        ordering = ["-published_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "-published_at", "-id"], name="sheet_recent"),
            models.Index(fields=["network", "state"], name="sheet_network"),
            GinIndex(fields=["title_key"], opclasses=["gin_trgm_ops"], name="sheet_title_trigrams"),
            models.Index(fields=["state", "confirmed_on"], name="sheet_confirmed"),
            models.Index(
                fields=["network", "source_id"],
                name="sheet_source",
                condition=~models.Q(source_id=""),
            ),
            models.Index(
                fields=["publish_on"],
                name="sheet_planned",
                condition=models.Q(publish_on__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=State.PUBLISHED),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the URL of the public page, which the `directory` app serves."""
        return reverse("directory:sheet", args=[self.slug])


class FormerSlug(models.Model):
    """A slug that a sheet had before; its URL permanently redirects to the sheet."""

    slug = models.SlugField("ancienne adresse", max_length=120, unique=True)
    sheet = models.ForeignKey(ProjectSheet, models.CASCADE, related_name="former_slugs")

    class Meta:
        verbose_name = "ancienne adresse"
        verbose_name_plural = "anciennes adresses"

    def __str__(self) -> str:
        return self.slug


class Photo(models.Model):
    """A photograph of a sheet, re-encoded without metadata, with credit and alternative text."""

    sheet = models.ForeignKey(ProjectSheet, models.CASCADE, related_name="photos")
    document = models.OneToOneField("files.Document", models.CASCADE, related_name="+")
    alt = models.CharField(
        "ce que montre la photo",
        max_length=300,
        help_text="Une phrase pour qui ne la voit pas. Ne nommez personne.",
    )
    credit = models.CharField("crédit", max_length=120, help_text="Qui a pris la photo.")
    width = models.PositiveIntegerField("largeur")
    height = models.PositiveIntegerField("hauteur")

    class Meta:
        verbose_name = "photographie"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.alt
