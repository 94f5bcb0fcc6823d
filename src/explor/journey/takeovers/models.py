"""Imported files of what began before Explor, and their lines with the rows made from them."""

from django.db import models

from explor.ground.http.actor import Actor
from explor.ground.imports.models import ImportedFile, ImportedLine, ImportedLineQuerySet
from explor.journey.budgets.models import BudgetLine
from explor.journey.calls.models import Envelope
from explor.journey.missions.models import Mission

from .states import TAKEOVER, TakeoverState


class What(models.TextChoices):
    MISSIONS = "missions", "missions en cours"
    BUDGETS = "budgets", "lignes de budget"


class TakeoverQuerySet(models.QuerySet["Takeover"]):
    def visible_to(self, actor: Actor) -> "TakeoverQuerySet":
        """Return the files of the network of `actor`; none for any other role."""
        return self.filter(network=actor.scope) if actor.role == "reseau" else self.none()


class Takeover(ImportedFile):
    """An imported file of missions under way or of lines of budget."""

    workflow = TAKEOVER

    network = models.ForeignKey("networks.Network", models.PROTECT, related_name="takeovers")
    state = models.CharField(
        "état", max_length=10, choices=TakeoverState, default=TakeoverState.MAPPING
    )
    what = models.CharField("contenu", max_length=12, choices=What)

    objects = TakeoverQuerySet.as_manager()

    class Meta(ImportedFile.Meta):
        abstract = False
        verbose_name = "reprise de l’existant"
        verbose_name_plural = "reprises de l’existant"

    @property
    def sort(self) -> str:
        return str(self.get_what_display())


class TakeoverLine(ImportedLine):
    """A line of a file: its values, its errors, the records it refers to, and the row made from it.

    `links` names in French the records that the line refers to or creates. `made_here` names, as
    `label:pk`, the rows created beside the mission, which an undo erases. A budget line makes a
    line of the budget of a mission, or the envelope of a call. `reference` is the number that the
    network itself gives to the mission.
    """

    batch = models.ForeignKey(Takeover, models.CASCADE, related_name="lines")
    reference = models.CharField("numéro du réseau", max_length=60, blank=True, db_index=True)
    email = models.EmailField("adresse électronique", blank=True)
    faults = models.JSONField("fautes", default=list, blank=True)
    links = models.JSONField("ce à quoi elle est liée", default=list, blank=True)
    made_here = models.JSONField("créés par elle", default=list, blank=True)
    planned = models.DecimalField("prévu (€)", max_digits=12, decimal_places=2, default=0)
    committed = models.DecimalField("engagé (€)", max_digits=12, decimal_places=2, default=0)
    paid = models.DecimalField("payé (€)", max_digits=12, decimal_places=2, default=0)
    mission = models.OneToOneField(
        Mission, models.SET_NULL, null=True, blank=True, related_name="takeover_line"
    )
    budget_line = models.OneToOneField(
        BudgetLine, models.SET_NULL, null=True, blank=True, related_name="takeover_line"
    )

    envelope = models.OneToOneField(
        Envelope, models.SET_NULL, null=True, blank=True, related_name="takeover_line"
    )

    objects = ImportedLineQuerySet.as_manager()

    class Meta(ImportedLine.Meta):
        abstract = False
        verbose_name = "ligne reprise"
        verbose_name_plural = "lignes reprises"
        indexes = [models.Index(fields=["email"], name="takeovers_line_email")]
