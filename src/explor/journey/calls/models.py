"""A call: its dates, its bounds, its grid, its money and who pays."""

from django.db import models

from explor.ground.common.models import Gated

from .states import CALL, State


class Funder(models.Model):
    """Who pays: Fonjep, the ministry, a region. Its people see consolidated figures only."""

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
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class FunderMember(models.Model):
    """Someone who reads figures for a funder."""

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


class Call(Gated):
    """A call of one network. Every figure is an editable example, never an official one."""

    workflow = CALL

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

    class Meta:
        verbose_name = "appel"
        ordering = ["-opens_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(min_days__lte=models.F("max_days"), min_days__gte=1),
                name="calls_call_bounds",
                violation_error_message="La durée minimale dépasse la durée maximale.",
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at=None) | models.Q(closes_at__gt=models.F("opens_at")),
                name="calls_call_dates",
                violation_error_message="La clôture précède l’ouverture.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Criterion(models.Model):
    """A line of the grid (exemple)."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="criteria")
    label = models.CharField("critère", max_length=120)
    help = models.CharField("ce que l’on regarde", max_length=300, blank=True)
    weight = models.PositiveSmallIntegerField("poids", default=1)
    order = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        verbose_name = "critère"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.label


class Envelope(models.Model):
    """What a funder puts on a call (exemple)."""

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
                condition=models.Q(amount__gte=0),
                name="calls_envelope_positive",
                violation_error_message="Un montant ne peut pas être négatif.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.funder} : {self.amount} €"
