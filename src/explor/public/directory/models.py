"""Public project sheets: written from the files, published by a network, read by anyone."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from explor.actors.projects.models import SheetContent
from explor.ground.common.actor import Actor
from explor.ground.common.models import Gated

from .states import SHEET, State


class ProjectSheetQuerySet(models.QuerySet["ProjectSheet"]):
    def visible_to(self, actor: Actor) -> "ProjectSheetQuerySet":
        """Anyone sees what is published; a network and an association also their drafts."""
        if actor.hat == "reseau":
            return self.filter(models.Q(state=State.PUBLISHED) | models.Q(network=actor.scope))
        if actor.hat == "association":
            return self.filter(
                models.Q(state=State.PUBLISHED) | models.Q(project__association=actor.scope)
            )
        if actor.hat in ("administration", "systeme"):
            return self
        return self.published()

    def published(self) -> "ProjectSheetQuerySet":
        return self.filter(state=State.PUBLISHED)


class ProjectSheet(SheetContent, Gated):
    """One sheet per project. An imported one has no project here, and keeps its carrier's words."""

    workflow = SHEET

    project = models.OneToOneField(
        "projects.Project", models.SET_NULL, null=True, blank=True, related_name="sheet"
    )
    network = models.ForeignKey(
        "networks.Network", models.PROTECT, null=True, blank=True, related_name="sheets"
    )
    slug = models.SlugField("identifiant", max_length=120, unique=True)
    state = models.CharField("état", max_length=10, choices=State, default=State.DRAFT)
    stated_status = models.CharField("statut déclaré", max_length=10, blank=True)
    carrier_name = models.CharField("porteur du projet", max_length=200, blank=True)
    carrier_types = models.JSONField("type de structure", default=list, blank=True)
    carrier_countries = ArrayField(
        models.CharField(max_length=200), verbose_name="pays du porteur", default=list, blank=True
    )
    carrier_sectors = ArrayField(
        models.CharField(max_length=200),
        verbose_name="secteurs du porteur",
        default=list,
        blank=True,
    )
    carrier_address = models.CharField("adresse du porteur", max_length=300, blank=True)
    carrier_representative = models.CharField("représentant", max_length=200, blank=True)
    department = models.CharField("département", max_length=3, blank=True)
    source = models.JSONField("fiche telle que reçue", default=dict, blank=True)
    missions = models.JSONField("missions", default=list, blank=True)
    year = models.PositiveSmallIntegerField("année de début", null=True, blank=True)
    published_at = models.DateTimeField("publiée le", null=True, blank=True)
    confirmed_on = models.DateField("confirmée le", null=True, blank=True)
    search = SearchVectorField(null=True, editable=False)

    objects = ProjectSheetQuerySet.as_manager()

    class Meta:
        verbose_name = "fiche projet"
        verbose_name_plural = "fiches projet"
        ordering = ["-published_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "-published_at", "-id"], name="sheet_recent"),
            models.Index(fields=["network", "state"], name="sheet_network"),
            GinIndex(fields=["search"], name="sheet_search"),
            GinIndex(fields=["countries", "sectors"], name="sheet_facets"),
        ]

    def __str__(self) -> str:
        return self.title
