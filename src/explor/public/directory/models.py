"""Public project sheets: written from the files, published by a network, read by anyone."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models

from explor.ground.common.actor import Actor
from explor.ground.common.models import Gated

from .states import SHEET, State

# Text search: accents folded, then French stems; made by the first migration.
CONFIG = "explor"


class ProjectSheetQuerySet(models.QuerySet["ProjectSheet"]):
    def visible_to(self, actor: Actor) -> "ProjectSheetQuerySet":
        """Anyone sees what is published; a network and an association also their drafts."""
        if actor.hat == "reseau":
            return self.filter(models.Q(state=State.PUBLISHED) | models.Q(network=actor.scope))
        if actor.hat == "association":
            own = models.Q(project__association=actor.scope)
            return self.filter(models.Q(state=State.PUBLISHED) | own)
        if actor.hat in ("administration", "systeme"):
            return self
        return self.published()

    def published(self) -> "ProjectSheetQuerySet":
        return self.filter(state=State.PUBLISHED)

    def under(self, status: str, on: date) -> "ProjectSheetQuerySet":
        """Those to come, under way or finished `on` a day, as their dates tell."""
        if status == "a-venir":
            return self.filter(start_on__gt=on)
        if status == "termine":
            return self.filter(end_on__lt=on)
        if status == "en-cours":
            started = self.filter(models.Q(start_on=None) | models.Q(start_on__lte=on))
            return started.filter(models.Q(end_on=None) | models.Q(end_on__gte=on))
        return self


class ProjectSheet(Gated):
    """One sheet per project. `content` is the sheet itself; the columns are what lists read."""

    workflow = SHEET

    project = models.OneToOneField(
        "projects.Project", models.SET_NULL, null=True, blank=True, related_name="sheet"
    )
    network = models.ForeignKey(
        "networks.Network", models.PROTECT, null=True, blank=True, related_name="sheets"
    )
    slug = models.SlugField("identifiant", max_length=120, unique=True)
    state = models.CharField("état", max_length=10, choices=State, default=State.DRAFT)
    content = models.JSONField("fiche", default=dict)
    missions = models.JSONField("missions", default=list, blank=True)
    title = models.CharField("titre", max_length=250)
    carrier = models.CharField("porteur du projet", max_length=200, blank=True)
    locality = models.CharField("localité", max_length=200, blank=True)
    countries = ArrayField(models.CharField(max_length=2), verbose_name="pays", default=list)
    sectors = ArrayField(models.CharField(max_length=10), verbose_name="secteurs", default=list)
    sdgs = ArrayField(models.PositiveSmallIntegerField(), verbose_name="ODD", default=list)
    year = models.PositiveSmallIntegerField("année de début", null=True, blank=True)
    start_on = models.DateField("début au plus tôt", null=True, blank=True)
    end_on = models.DateField("fin au plus tard", null=True, blank=True)
    purpose = models.TextField("objectifs", blank=True)
    rest = models.TextField("autres textes", blank=True)
    published_at = models.DateTimeField("publiée le", null=True, blank=True)
    confirmed_on = models.DateField("confirmée le", null=True, blank=True)
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config=CONFIG)
        + SearchVector("purpose", weight="B", config=CONFIG)
        + SearchVector("carrier", "locality", "rest", weight="C", config=CONFIG),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ProjectSheetQuerySet.as_manager()

    class Meta:
        verbose_name = "fiche projet"
        verbose_name_plural = "fiches projet"
        ordering = ["-published_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "-published_at", "-id"], name="sheet_recent"),
            models.Index(fields=["network", "state"], name="sheet_network"),
            GinIndex(fields=["search"], name="sheet_search"),
            GinIndex(fields=["countries"], name="sheet_countries"),
            GinIndex(fields=["sectors"], name="sheet_sectors"),
        ]

    def __str__(self) -> str:
        return self.title
