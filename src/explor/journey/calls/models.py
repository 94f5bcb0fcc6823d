"""Calls for projects, with their dates, grid, requested documents, funders and envelopes."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from explor.ground.ui.amounts import euros
from explor.ground.ui.order import french_key
from explor.ground.workflow.models import WorkflowModel, number_of

from .states import CALL, State


class Funder(models.Model):
    """An organisation that funds calls. Its members see consolidated figures only."""

    class Level(models.TextChoices):
        REGIONAL = "regional", "régional"
        NATIONAL = "national", "national"
        OTHER = "other", "autre"

    name = models.CharField("nom", max_length=200)
    slug = models.SlugField("identifiant", unique=True)
    level = models.CharField("échelon", max_length=10, choices=Level)
    siret = models.CharField("SIRET", max_length=14, blank=True)

    class Meta:
        verbose_name = "financeur"
        ordering = [french_key("name")]

    def __str__(self) -> str:
        return self.name


class FunderMember(models.Model):
    """A person who may see the figures of a funder."""

    funder = models.ForeignKey(Funder, models.CASCADE, related_name="members")
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="funder_of")

    class Meta:
        verbose_name = "membre d’un financeur"
        constraints = [
            models.UniqueConstraint(
                fields=["funder", "person"],
                name="calls_funder_member_once",
                violation_error_message="Cette personne lit déjà pour ce financeur.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.funder})"


def example_questions() -> list[str]:
    """Return the default admissibility questions of a call, which its network may change."""
    return [
        "Le projet est-il d’intérêt général ?",
        "L’association est-elle active dans le réseau ?",
        "A-t-elle une expérience du terrain ?",
        "Le besoin naît-il du terrain, avec le partenaire ?",
    ]


class Call(WorkflowModel):
    """A call for projects of one network. Every figure is an editable example, never official.

    A call shared by several networks is one row for each network: `lead` is the row that the other
    rows follow. Changes of dates, rules, documents and grid on `lead` are copied to the other rows;
    each network keeps its own needs, envelopes and committee. The row `of_taken_over` was never a
    call: it holds the missions of a network that began before Explor. `eligibility` holds, by code,
    the value of each rule that is switched on.
    """

    workflow = CALL
    number_letter = "A"

    network = models.ForeignKey("networks.Network", models.PROTECT, related_name="calls")
    title = models.CharField("titre", max_length=200)
    slug = models.SlugField("identifiant", max_length=80, unique=True)
    state = models.CharField("état", max_length=8, choices=State, default=State.DRAFT)
    presentation = models.TextField("présentation", blank=True)
    rolling = models.BooleanField("au fil de l’eau", default=False)
    opens_at = models.DateTimeField("ouverture")
    closes_at = models.DateTimeField("clôture", null=True, blank=True)
    committee_on = models.DateField("comité le", null=True, blank=True)
    min_days = models.PositiveSmallIntegerField("durée minimale (jours)", default=7)
    max_days = models.PositiveSmallIntegerField("durée maximale (jours)", default=15)
    travel_days_count = models.BooleanField("les jours de voyage comptent", default=False)
    needs_per_association = models.PositiveSmallIntegerField("besoins par association", default=2)
    quorum = models.PositiveSmallIntegerField("quorum du comité (exemple)", default=2)
    weights = models.JSONField("poids du classement (exemple)", default=dict, blank=True)
    grace_minutes = models.PositiveSmallIntegerField("tolérance (minutes)", default=0)
    example = models.BooleanField("chiffres donnés en exemple", default=True)
    eligibility: "models.JSONField[Any, Any]" = models.JSONField(
        "règles d’éligibilité", default=dict, blank=True
    )
    questions = ArrayField(
        models.CharField(max_length=200),
        verbose_name="questions de recevabilité",
        default=example_questions,
        blank=True,
    )
    of_taken_over = models.BooleanField(
        "missions reprises de l’existant", default=False, db_default=False, editable=False
    )
    lead = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followers",
        verbose_name="appel commun tenu par",
    )

    class Meta:
        verbose_name = "appel"
        ordering = ["-opens_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(min_days__lte=F("max_days"), min_days__gte=1),
                name="calls_call_bounds",
                violation_error_message="La durée minimale dépasse la durée maximale.",
            ),
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="calls_call_dates",
                violation_error_message="La clôture précède l’ouverture.",
            ),
            models.UniqueConstraint(
                fields=["lead", "network"],
                name="calls_shared_once",
                violation_error_message="Ce réseau partage déjà cet appel.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Criterion(models.Model):
    """A criterion of the grid by which the committee judges, with its weight and levels."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="criteria")
    label = models.CharField("critère", max_length=120)
    help = models.CharField("ce que l’on regarde", max_length=300, blank=True)
    weight = models.PositiveSmallIntegerField("poids", default=1)
    order = models.PositiveSmallIntegerField("ordre", default=0)
    levels = ArrayField(
        models.CharField(max_length=200),
        verbose_name="niveaux, du plus faible au plus fort",
        default=list,
        blank=True,
    )

    class Meta:
        verbose_name = "critère"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.label


class RequestedPaper(models.Model):
    """A document that a call requests from each association.

    Its row is kept, with `requested` False, when the call stops requesting it.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="papers")
    label = models.CharField("document", max_length=120)
    help = models.CharField("aide", max_length=300, blank=True)
    needed = models.BooleanField("nécessaire", default=True)
    requested = models.BooleanField("demandé", default=True)
    order = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        verbose_name = "document demandé"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "label"],
                name="calls_paper_once",
                violation_error_message="Ce document est déjà demandé.",
            )
        ]

    def __str__(self) -> str:
        return self.label


class Milestone(models.Model):
    """A date in the calendar of a call other than its opening, closing and committee."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="milestones")
    on = models.DateField("le")
    label = models.CharField("étape", max_length=200)

    class Meta:
        verbose_name = "étape du calendrier"
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return self.label


class Envelope(models.Model):
    """The amount that a funder grants to a call."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="envelopes")
    funder = models.ForeignKey(Funder, models.PROTECT, related_name="envelopes")
    amount = models.DecimalField("montant (€)", max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = "enveloppe"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "funder"],
                name="calls_envelope_once",
                violation_error_message="Ce financeur a déjà une enveloppe sur cet appel.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="calls_envelope_positive",
                violation_error_message="Un montant ne peut pas être négatif.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.funder} : {euros(self.amount)}"

    @property
    def file_number(self) -> str:
        """Return the file number of the envelope, with the year in which its call was created."""
        return number_of("E", self.call.created_at, self.pk)
