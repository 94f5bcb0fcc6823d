"""The values of an employer's gift for one mission, which replace those of its rules."""

from django.db import models
from django.db.models import Q

from explor.ground.workflow.models import VersionedModel


class MissionGift(VersionedModel):
    """An employer's gift for one mission; a blank value falls back to its lending rules."""

    mission = models.OneToOneField("missions.Mission", models.CASCADE, related_name="gift")
    daily_value = models.DecimalField(
        "valeur d’un jour de cette mission (€)",
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Vide : la valeur de vos règles.",
    )
    amount = models.DecimalField(
        "don en argent pour cette mission (€)",
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Vide : le montant de vos règles. Zéro : aucun don en argent.",
    )
    words = models.CharField(
        "don en nature pour cette mission",
        max_length=200,
        blank=True,
        help_text="Vide : celui de vos règles.",
    )

    class Meta:
        verbose_name = "don pour une mission"
        verbose_name_plural = "dons pour des missions"
        constraints = [
            models.CheckConstraint(
                condition=(Q(daily_value=None) | Q(daily_value__gte=0))
                & (Q(amount=None) | Q(amount__gte=0)),
                name="employers_gift_positive",
                violation_error_message="Un montant ne peut pas être négatif.",
            )
        ]

    def __str__(self) -> str:
        return f"Don pour {self.mission}"
